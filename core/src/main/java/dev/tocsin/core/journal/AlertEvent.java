package dev.tocsin.core.journal;

import dev.tocsin.core.label.LabelSet;
import java.util.List;
import java.util.function.LongConsumer;

/** What happened to alerts between their arrival and their groups. */
public sealed interface AlertEvent extends JournalEvent {
    /** How a report changed the stored alert. */
    enum Change {
        /** The alert was not known. */
        NEW(0, "is new"),
        /** It goes on firing with another end, start, annotation or source. */
        UPDATED(1, "was updated"),
        /** It stopped firing. */
        RESOLVED(2, "has resolved"),
        /** It fires again after an end. */
        REFIRED(3, "fires again");

        private final int number;
        private final String text;

        Change(int number, String text) {
            this.number = number;
            this.text = text;
        }

        /** The number by which files and other nodes know it. */
        public int number() {
            return number;
        }
    }

    /** About how many bytes the labels of an alert hold that is not stored. */
    private static int unshared(LabelSet labels) {
        int bytes = 0;
        for (int i = 0; i < labels.size(); i++) {
            bytes += 64 + labels.name(i).length() + labels.value(i).length();
        }
        return bytes;
    }

    /**
     * A batch arrived that changed something. Mere re-sends are not told: they would push everything else out.
     *
     * @param source who sent it, such as an address
     * @param accepted how many of its alerts were valid
     * @param refused how many were not
     * @param changed the alerts that are not as before
     */
    record Received(String source, int accepted, int refused, Fingerprints changed) implements AlertEvent {
        @Override
        public boolean concerns(long fingerprint) {
            return changed.contains(fingerprint);
        }

        @Override
        public void alerts(LongConsumer each) {
            changed.forEach(each);
        }

        @Override
        public EventType type() {
            return EventType.RECEIVED;
        }

        @Override
        public String reason() {
            return "received " + Count.of(accepted, "alert") + " from " + source + ", " + changed.size() + " changed, "
                    + refused + " refused";
        }

        @Override
        public int sizeBytes() {
            return 96 + changed.size() * Long.BYTES;
        }
    }

    /**
     * An alert was not valid.
     *
     * @param labels as posted, those with empty values left out; may be empty or have invalid names
     * @param error the text that the client got
     */
    record Refused(String source, LabelSet labels, String error) implements AlertEvent {
        @Override
        public boolean concerns(long fingerprint) {
            return !labels.isEmpty() && labels.fingerprint() == fingerprint;
        }

        @Override
        public void alerts(LongConsumer each) {
            if (!labels.isEmpty()) {
                each.accept(labels.fingerprint());
            }
        }

        @Override
        public EventType type() {
            return EventType.ALERT_REFUSED;
        }

        @Override
        public String reason() {
            return "refused from " + source + ": " + error;
        }

        @Override
        public int sizeBytes() {
            return 128 + unshared(labels) + error.length();
        }
    }

    /** The store took an alert in or changed it. */
    record Merged(LabelSet labels, Change change, String source) implements AlertEvent {
        @Override
        public boolean concerns(long fingerprint) {
            return labels.fingerprint() == fingerprint;
        }

        @Override
        public void alerts(LongConsumer each) {
            each.accept(labels.fingerprint());
        }

        @Override
        public EventType type() {
            return EventType.MERGED;
        }

        @Override
        public String reason() {
            return "alert " + labels + " " + change.text + " by a report of " + source;
        }
    }

    /** An alert was not stored because too many alerts of its name live. */
    record Limited(LabelSet labels, int limit) implements AlertEvent {
        @Override
        public boolean concerns(long fingerprint) {
            return labels.fingerprint() == fingerprint;
        }

        @Override
        public void alerts(LongConsumer each) {
            each.accept(labels.fingerprint());
        }

        @Override
        public EventType type() {
            return EventType.LIMITED;
        }

        @Override
        public String reason() {
            return "not stored: the limit of " + Count.of(limit, "alert") + " of one name is reached";
        }

        @Override
        public int sizeBytes() {
            return 96 + unshared(labels);
        }
    }

    /**
     * More alerts of a batch were not taken than the journal tells one by one.
     *
     * @param refused how many more were not valid
     * @param limited how many more were dropped because too many alerts of their name live
     */
    record Omitted(String source, int refused, int limited) implements AlertEvent {
        @Override
        public EventType type() {
            return EventType.OMITTED;
        }

        @Override
        public String reason() {
            return "from " + source + " " + Count.of(refused, "more alert") + " refused and " + limited
                    + " more dropped at the limit of their name";
        }
    }

    /**
     * The route tree was walked for an alert.
     *
     * @param routes the ids of the matching routes in order
     * @param receivers the receiver of each of them
     */
    record Routed(long fingerprint, List<String> routes, List<String> receivers) implements AlertEvent {
        /** Copies the lists. */
        public Routed {
            routes = List.copyOf(routes);
            receivers = List.copyOf(receivers);
        }

        /** The first receiver; {@link #receivers()} has all. */
        @Override
        public String receiver() {
            return receivers.isEmpty() ? "" : receivers.getFirst();
        }

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
            return EventType.ROUTED;
        }

        @Override
        public String reason() {
            return "routed to " + String.join(", ", receivers);
        }
    }
}
