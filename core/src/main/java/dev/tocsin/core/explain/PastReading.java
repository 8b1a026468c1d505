package dev.tocsin.core.explain;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why an alert was notified or not at some time: the last word of the journals on each of its groups before that time. */
final class PastReading {
    private final Captured captured;
    private final Heard heard;
    private final String name;

    PastReading(Captured captured, Heard heard) {
        this.captured = captured;
        this.heard = heard;
        this.name = Wording.alert(captured.labels(), captured.fingerprint());
    }

    private record Word(Cause cause, String text) {}

    Explanation explanation() {
        Standing standing = standing();
        Map<String, Word> words = words();
        Cause cause = switch (standing.state()) {
            case REFUSED -> Cause.REFUSED;
            case LIMITED -> Cause.LIMITED;
            case NOT_RECEIVED -> Cause.NOT_RECEIVED;
            case FIRING, RESOLVED ->
                words.isEmpty()
                        ? Cause.WAITING
                        : GroupReading.worst(
                                words.values().stream().map(Word::cause).toList());
        };
        List<String> texts = words.values().stream().map(Word::text).toList();
        String sentence = "At " + Wording.time(captured.at()) + ": " + standing.reason()
                + (texts.isEmpty() ? "" : ": " + String.join("; ", texts)) + ".";
        return new Explanation(
                sentence,
                cause,
                captured.fingerprint(),
                captured.labels(),
                captured.at(),
                true,
                captured.self(),
                standing,
                null,
                List.of(),
                0,
                heard.all(),
                notes(),
                heard.silent());
    }

    private Standing standing() {
        for (HistoryLine line : heard.ofAlert()) {
            Standing standing = LiveReading.standing(line, name, captured.fingerprint());
            if (standing != null) {
                return standing;
            }
        }
        boolean grouped = heard.ofAlert().stream().anyMatch(line -> line.event() instanceof GroupEvent);
        return grouped
                ? new Standing(Standing.State.FIRING, null, name + " was known")
                : new Standing(Standing.State.NOT_RECEIVED, null, name + " was not known to any node that answers");
    }

    /** By group and receiver, the latest first. */
    private Map<String, Word> words() {
        Map<String, Word> words = new LinkedHashMap<>();
        for (HistoryLine line : heard.all()) {
            Word word = word(line);
            if (word != null) {
                words.putIfAbsent(line.event().groupKey() + "\n" + line.event().receiver(), word);
            }
        }
        return words;
    }

    private @Nullable Word word(HistoryLine line) {
        String receiver = "receiver " + line.event().receiver();
        String when = " at " + Wording.time(line.at());
        String where = line.node().isEmpty() ? "" : " by " + line.node();
        Muted muted = Muted.of(line.event(), captured.fingerprint());
        if (muted != null) {
            return new Word(muted.cause(), receiver + " was not notified" + when + ": the alert was " + muted.text());
        }
        return switch (line.event()) {
            case NotificationEvent.Delivered delivered
            when delivered.concerns(captured.fingerprint()) ->
                new Word(
                        delivered.firing().contains(captured.fingerprint()) ? Cause.NOTIFIED : Cause.RESOLVED,
                        receiver + " was notified" + where + when);
            case NotificationEvent.Deduplicated dedup ->
                new Word(Cause.NOTIFIED, receiver + " was not notified again" + when + ": " + dedup.why());
            case NotificationEvent.Failed failed ->
                new Word(Cause.FAILING, receiver + " could not be notified" + where + when + ": " + failed.error());
            case NotificationEvent.HandedOver over ->
                new Word(Cause.FAILING, receiver + " could not be notified" + where + when + ": " + over.error());
            case NotificationEvent.Held held ->
                new Word(Cause.HELD, receiver + " was waiting" + when + ": " + held.why());
            case NotificationEvent.Attempted attempted
            when attempted.verdict() != Verdict.ACCEPTED ->
                new Word(Cause.FAILING, receiver + " was tried" + where + when + ": " + attempted.result());
            case GroupEvent.Grouped grouped
            when grouped.concerns(captured.fingerprint()) ->
                new Word(Cause.WAITING, receiver + " was not due yet: the alert entered its group" + when);
            default -> null;
        };
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (HistoryLine line : heard.ofAlert()) {
            if (line.event() instanceof HubEvent.Gap gap) {
                notes.add(line.node().isEmpty() ? gap.reason() : line.node() + ": " + gap.reason());
            }
        }
        boolean routed = heard.ofAlert().stream().anyMatch(line -> line.event() instanceof AlertEvent.Routed);
        if (!routed) {
            notes.add("no journal tells how it was routed");
        }
        return notes;
    }
}
