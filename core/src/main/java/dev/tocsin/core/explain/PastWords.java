package dev.tocsin.core.explain;

import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
    private final @Nullable LabelSet labels;
    private final boolean ended;
    private final List<HistoryLine> lines;

    /**
     * @param labels the alert's; null if they are not known
     * @param ended whether it had ended
     * @param lines about the group, newest first
     */
    PastWords(long fingerprint, @Nullable LabelSet labels, boolean ended, List<HistoryLine> lines) {
        this.fingerprint = fingerprint;
        this.labels = labels;
        this.ended = ended;
        this.lines = lines;
    }

    /** The integrations that lines name. */
    SortedSet<String> integrations() {
        SortedSet<String> names = new TreeSet<>();
        for (HistoryLine line : lines) {
            if (line.event() instanceof NotificationEvent event) {
                names.add(event.to().integration());
            }
        }
        return names;
    }

    /** The lines about one integration, newest first. */
    List<HistoryLine> of(String integration) {
        List<HistoryLine> own = new ArrayList<>();
        for (HistoryLine line : lines) {
            if (line.event() instanceof NotificationEvent event
                    && event.to().integration().equals(integration)) {
                own.add(line);
            }
        }
        return own;
    }

    /** The latest notification that an integration accepted; null if none is known. */
    @Nullable LastNotification last(String integration) {
        for (HistoryLine line : of(integration)) {
            LastNotification last = LastNotification.of(line, fingerprint, labels);
            if (last != null) {
                return last;
            }
        }
        return null;
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
                return new Word(muted.cause(), told() + Wording.time(line.at()) + ": it was " + muted.text());
            }
            if (flushed == null && line.event() instanceof GroupEvent.Flushed flush && flush.concerns(fingerprint)) {
                flushed = line.at();
            }
        }
        return null;
    }

    private String told() {
        for (String integration : integrations()) {
            LastNotification last = last(integration);
            if (last != null && last.firing()) {
                return "was notified by " + last.node() + " at " + Wording.time(last.at()) + ", but not again at ";
            }
        }
        return "was not notified at ";
    }

    /** The last word on an integration; null if there is none. */
    @Nullable Word integration(String name) {
        LastNotification last = last(name);
        Word since = since(name);
        if (!ended) {
            if (last != null && last.firing()) {
                return new Word(Cause.NOTIFIED, "was notified" + by(last));
            }
            return since;
        }
        if (last != null && last.resolved()) {
            return new Word(Cause.RESOLVED, "was told that it ended" + by(last));
        }
        if (last != null && last.firing()) {
            return since != null && since.cause() != Cause.NOTIFIED
                    ? since
                    : new Word(
                            Cause.WAITING,
                            "was notified while it fired" + by(last) + " and not told yet that it ended");
        }
        return wasFlushed()
                        && (since == null
                                || since.cause() == Cause.NOTIFIED
                                || since.cause() == Cause.RESOLVED_NOT_SENT)
                ? new Word(Cause.RESOLVED_BEFORE_FLUSH, "was not notified: the alert ended before its group was due")
                : since;
    }

    private static String by(LastNotification last) {
        return " by " + last.node() + " at " + Wording.time(last.at());
    }

    private boolean wasFlushed() {
        return lines.stream()
                .anyMatch(line -> line.event() instanceof GroupEvent.Flushed flush
                        && flush.resolved().contains(fingerprint));
    }

    /** What an integration met since its latest success. */
    private @Nullable Word since(String name) {
        for (HistoryLine line : of(name)) {
            if (LastNotification.of(line, fingerprint, labels) != null) {
                return null;
            }
            Word word = word(line);
            if (word != null) {
                return word;
            }
        }
        return null;
    }

    private static String where(HistoryLine line) {
        return (line.node().isEmpty() ? "" : " by " + line.node()) + " at " + Wording.time(line.at());
    }

    private static @Nullable Word word(HistoryLine line) {
        String when = Wording.time(line.at());
        return switch (line.event()) {
            case NotificationEvent.Deduplicated dedup ->
                new Word(Cause.NOTIFIED, "was not notified at " + when + ": " + dedup.why() + told(dedup));
            case NotificationEvent.Skipped skipped ->
                new Word(Cause.RESOLVED_NOT_SENT, "is not told about resolved alerts");
            case NotificationEvent.Failed failed ->
                new Word(Cause.FAILING, "could not be notified" + where(line) + ": " + failed.error());
            case NotificationEvent.HandedOver over ->
                new Word(
                        Cause.FAILING,
                        "could not be notified" + where(line) + ": " + over.error() + "; handed over to "
                                + over.member());
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
                        "was tried" + where(line) + ": attempt " + attempted.attempt() + ": " + attempted.result());
            case NotificationEvent.Claimed claimed -> new Word(Cause.DUE, "was about to be notified" + where(line));
            default -> null;
        };
    }

    private static String told(NotificationEvent.Deduplicated dedup) {
        NotificationEvent.Told last = dedup.last();
        return last == null ? "" : "; " + last.node() + " had notified it at " + Wording.time(last.at());
    }

    /** What is known if no integration was asked yet; null if the alert was not in the group. */
    @Nullable Word group() {
        for (HistoryLine line : lines) {
            if (line.event() instanceof GroupEvent.Flushed flush && flush.concerns(fingerprint)) {
                return new Word(
                        Cause.DUE,
                        "was about to be notified: its group was flushed" + where(line)
                                + ", and no journal tells more");
            }
            if (line.event() instanceof GroupEvent.Grouped grouped && grouped.concerns(fingerprint)) {
                return new Word(
                        Cause.WAITING,
                        "was not due to be notified yet: the alert entered its group at " + Wording.time(line.at()));
            }
        }
        return null;
    }

    /** The last word on all integrations together; null if there is none. */
    @Nullable Word all(SortedSet<String> names) {
        Word muted = muted();
        if (muted != null) {
            return muted;
        }
        List<Cause> causes = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        SortedSet<String> texts = new TreeSet<>();
        for (String name : names) {
            Word word = integration(name);
            if (word != null) {
                causes.add(word.cause());
                texts.add(word.text());
                parts.add(name + " " + word.text());
            }
        }
        if (parts.isEmpty()) {
            return group();
        }
        Cause worst = GroupReading.worst(causes);
        return texts.size() == 1 && parts.size() == names.size()
                ? new Word(worst, texts.first())
                : new Word(worst, "has " + names.size() + " integrations: " + String.join("; ", parts));
    }
}
