package dev.tocsin.core.explain;

import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What journals tell about an alert in one group of one receiver: the last word on it. */
final class PastWords {
    /**
     * What became of the alert.
     *
     * @param text goes on behind the receiver's name
     */
    record Word(Cause cause, String text) {}

    private final long fingerprint;
    private final long hash;
    private final boolean hashKnown;
    private final List<HistoryLine> lines;

    /**
     * @param labels the alert's; null if they are not known
     * @param lines about the group, newest first
     */
    PastWords(long fingerprint, @Nullable LabelSet labels, List<HistoryLine> lines) {
        this.fingerprint = fingerprint;
        this.hashKnown = labels != null;
        this.hash = labels == null ? 0 : AlertHash.of(labels);
        this.lines = lines;
    }

    /** What muted the alert at the latest flush that it was part of; null if nothing did. */
    @Nullable Word muted() {
        Instant flushed = null;
        for (HistoryLine line : lines) {
            if (flushed != null && line.at().isBefore(flushed)) {
                return null;
            }
            Muted muted = Muted.of(line.event(), fingerprint);
            if (muted != null) {
                return new Word(
                        muted.cause(), "was not notified at " + Wording.time(line.at()) + ": it was " + muted.text());
            }
            if (flushed == null && line.event() instanceof GroupEvent.Flushed flush && flush.concerns(fingerprint)) {
                flushed = line.at();
            }
        }
        return null;
    }

    /** The last word on each integration by name, the latest first. */
    Map<String, Word> integrations() {
        Map<String, Word> words = new LinkedHashMap<>();
        for (HistoryLine line : lines) {
            if (line.event() instanceof NotificationEvent event) {
                Word word = word(line, event);
                if (word != null) {
                    words.putIfAbsent(event.to().integration(), word);
                }
            }
        }
        return words;
    }

    /** What is known if no integration was asked yet; null if the alert was not in the group. */
    @Nullable Word group() {
        for (HistoryLine line : lines) {
            String when = Wording.time(line.at());
            if (line.event() instanceof GroupEvent.Flushed flush && flush.concerns(fingerprint)) {
                return new Word(
                        Cause.DUE,
                        "was about to be notified: its group was due at " + when + by(line)
                                + ", and no journal tells more");
            }
            if (line.event() instanceof GroupEvent.Grouped grouped && grouped.concerns(fingerprint)) {
                return new Word(
                        Cause.WAITING, "was not due to be notified yet: the alert entered its group at " + when);
            }
        }
        return null;
    }

    private static String by(HistoryLine line) {
        return line.node().isEmpty() ? "" : " by " + line.node();
    }

    private @Nullable Word word(HistoryLine line, NotificationEvent event) {
        String when = Wording.time(line.at());
        String at = by(line) + " at " + when;
        return switch (event) {
            case NotificationEvent.Delivered delivered
            when delivered.concerns(fingerprint) -> told(delivered.firing().contains(fingerprint), at);
            case NotificationEvent.Learned learned
            when hashKnown
                    && (learned.firing().contains(hash) || learned.resolved().contains(hash)) ->
                told(learned.firing().contains(hash), " by " + learned.node() + " at " + Wording.time(learned.at()));
            case NotificationEvent.Deduplicated dedup ->
                new Word(Cause.NOTIFIED, "was not notified again at " + when + ": " + dedup.why() + told(dedup));
            case NotificationEvent.Failed failed ->
                new Word(Cause.FAILING, "could not be notified" + at + ": " + failed.error());
            case NotificationEvent.HandedOver over ->
                new Word(
                        Cause.FAILING,
                        "could not be notified" + at + ": " + over.error() + "; handed over to " + over.member());
            case NotificationEvent.Held held -> new Word(Cause.HELD, "was waiting at " + when + ": " + held.why());
            case NotificationEvent.Unsure unsure ->
                new Word(
                        Cause.HELD,
                        "may have been notified by " + unsure.node() + " at " + Wording.time(unsure.since())
                                + ": nobody knows whether it accepted");
            case NotificationEvent.Attempted attempted
            when attempted.verdict() != Verdict.ACCEPTED ->
                new Word(
                        Cause.FAILING,
                        "was tried" + at + ": attempt " + attempted.attempt() + ": " + attempted.result());
            case NotificationEvent.Claimed claimed -> new Word(Cause.DUE, "was about to be notified" + at);
            case NotificationEvent _ -> null;
        };
    }

    private static Word told(boolean firing, String where) {
        return firing
                ? new Word(Cause.NOTIFIED, "was notified" + where)
                : new Word(Cause.RESOLVED, "was told that it ended" + where);
    }

    private static String told(NotificationEvent.Deduplicated dedup) {
        NotificationEvent.Told last = dedup.last();
        return last == null ? "" : "; " + last.node() + " had notified it at " + Wording.time(last.at());
    }
}
