package dev.tocsin.core.journal;

import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What happened to an aggregation group before its integrations were asked. */
public sealed interface GroupEvent extends JournalEvent {
    @Override
    String groupKey();

    @Override
    String receiver();

    /** An alert entered a group, which it may have created. */
    record Grouped(String groupKey, String receiver, long fingerprint, boolean created) implements GroupEvent {
        @Override
        public boolean concerns(long fingerprint) {
            return this.fingerprint == fingerprint;
        }

        @Override
        public void alerts(LongConsumer each) {
            each.accept(fingerprint);
        }

        @Override
        public EventType type() {
            return EventType.GROUPED;
        }

        @Override
        public String reason() {
            return created ? "created the group " + groupKey : "entered the group " + groupKey;
        }
    }

    /** A group's timer rang and its alerts went down the pipeline. */
    record Flushed(String groupKey, String receiver, Fingerprints firing, Fingerprints resolved) implements GroupEvent {
        @Override
        public boolean concerns(long fingerprint) {
            return firing.contains(fingerprint) || resolved.contains(fingerprint);
        }

        @Override
        public void alerts(LongConsumer each) {
            firing.forEach(each);
            resolved.forEach(each);
        }

        @Override
        public EventType type() {
            return EventType.FLUSHED;
        }

        @Override
        public String reason() {
            return "flushed " + firing.size() + " firing and " + Count.of(resolved.size(), "resolved alert");
        }

        @Override
        public int sizeBytes() {
            return 128 + (firing.size() + resolved.size()) * Long.BYTES;
        }
    }

    /**
     * This node flushes a group that was another node's turn, or that it did not know to be due.
     *
     * @param cause for people
     */
    record TurnTaken(String groupKey, String receiver, String cause) implements GroupEvent {
        @Override
        public boolean concerns(long fingerprint) {
            return false;
        }

        @Override
        public EventType type() {
            return EventType.TURN_TAKEN;
        }

        @Override
        public String reason() {
            return "flushed by this node because " + cause;
        }
    }

    /**
     * Alerts of a flush were left out because others inhibit them.
     *
     * @param causes one per alert
     */
    record Inhibited(String groupKey, String receiver, List<Inhibition> causes) implements GroupEvent {
        /** Copies the list. */
        public Inhibited {
            causes = List.copyOf(causes);
        }

        /**
         * Which alert kept which one quiet.
         *
         * @param rule the rule's name, or its place in the configuration if it has none
         */
        public record Inhibition(long fingerprint, long source, String rule) {}

        @Override
        public boolean concerns(long fingerprint) {
            for (Inhibition cause : causes) {
                if (cause.fingerprint == fingerprint || cause.source == fingerprint) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void alerts(LongConsumer each) {
            for (Inhibition cause : causes) {
                each.accept(cause.fingerprint);
                each.accept(cause.source);
            }
        }

        @Override
        public EventType type() {
            return EventType.INHIBITED;
        }

        @Override
        public String reason() {
            Inhibition first = causes.getFirst();
            return Count.of(causes.size(), "alert") + " inhibited"
                    + (causes.size() == 1 ? " by " : ", the first one by ") + LabelSet.fingerprintText(first.source)
                    + " through rule " + first.rule;
        }

        @Override
        public int sizeBytes() {
            return 96 + 40 * causes.size();
        }
    }

    /**
     * Alerts of a flush were left out because of silences.
     *
     * @param causes one per alert
     */
    record Silenced(String groupKey, String receiver, List<Silencing> causes) implements GroupEvent {
        /** Copies the list. */
        public Silenced {
            causes = List.copyOf(causes);
        }

        /** Which silences kept an alert quiet. */
        public record Silencing(long fingerprint, List<String> silences) {
            /** Copies the list. */
            public Silencing {
                silences = List.copyOf(silences);
            }
        }

        @Override
        public boolean concerns(long fingerprint) {
            for (Silencing cause : causes) {
                if (cause.fingerprint == fingerprint) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void alerts(LongConsumer each) {
            for (Silencing cause : causes) {
                each.accept(cause.fingerprint);
            }
        }

        @Override
        public EventType type() {
            return EventType.SILENCED;
        }

        @Override
        public String reason() {
            return Count.of(causes.size(), "alert") + " silenced"
                    + (causes.size() == 1 ? " by " : ", the first one by ")
                    + String.join(", ", causes.getFirst().silences);
        }

        @Override
        public int sizeBytes() {
            return 96 + 56 * causes.size();
        }
    }

    /**
     * A whole flush was held back by time.
     *
     * @param intervals the mute intervals that hold now or, if {@code outsideActive}, the active ones that all do not
     * @param until when that ends; null if it does not end within a year or so
     */
    record IntervalMuted(
            String groupKey,
            String receiver,
            Fingerprints alerts,
            List<String> intervals,
            boolean outsideActive,
            @Nullable Instant until)
            implements GroupEvent {
        /** Copies the list. */
        public IntervalMuted {
            intervals = List.copyOf(intervals);
        }

        @Override
        public boolean concerns(long fingerprint) {
            return alerts.contains(fingerprint);
        }

        @Override
        public void alerts(LongConsumer each) {
            alerts.forEach(each);
        }

        @Override
        public EventType type() {
            return EventType.INTERVAL_MUTED;
        }

        @Override
        public String reason() {
            String which = intervals.size() == 1 ? " interval " : " intervals ";
            return (outsideActive ? "outside the active" : "inside the mute")
                    + which
                    + String.join(", ", intervals)
                    + (until == null ? "" : " until " + until);
        }

        @Override
        public int sizeBytes() {
            return 112 + alerts.size() * Long.BYTES;
        }
    }
}
