package dev.tocsin.core.event;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.silence.Silence;
import java.time.Duration;
import java.util.List;

/** What happened, as the event recorder tells it (contract section 2.10). Immutable. */
public sealed interface EventData {
    /** The kind, as metrics name it, such as {@code alert_created}. */
    String type();

    /**
     * The aggregation group in which something happened.
     *
     * @param key the group key's text
     * @param labels the labels by which alerts were grouped
     * @param matchers of the route node
     * @param uuid names this group among all that have or will have the same key
     */
    record Group(String key, LabelSet labels, String receiver, List<Matcher> matchers, String uuid) {
        /** Copies the list. */
        public Group {
            matchers = List.copyOf(matchers);
        }
    }

    /**
     * The node works.
     *
     * @param version the version that clients see
     * @param buildContext free text
     */
    record Startup(String version, String buildContext) implements EventData {
        @Override
        public String type() {
            return "alertmanager_startup_event";
        }
    }

    /** The node was told to stop. */
    record Shutdown() implements EventData {
        @Override
        public String type() {
            return "alertmanager_shutdown_event";
        }
    }

    /** The store did not know the alert before. */
    record AlertCreated(Alert alert) implements EventData {
        @Override
        public String type() {
            return "alert_created";
        }
    }

    /** An alert entered a group. */
    record AlertGrouped(Alert alert, Group group) implements EventData {
        @Override
        public String type() {
            return "alert_grouped";
        }
    }

    /** An alert left its group, because its end was told. */
    record AlertResolved(Alert alert, Group group) implements EventData {
        @Override
        public String type() {
            return "alert_resolved";
        }
    }

    /**
     * A receiver accepted a notification.
     *
     * @param alerts what the group had to tell, in its order
     * @param firing the log's hashes of those that fire
     * @param resolved the log's hashes of the others
     * @param muted the log's hashes of the alerts that the flush left out
     * @param flush which flush of the group it was, from 1
     * @param integration the integration's name, such as {@code webhook}
     * @param index its place among the receiver's integrations of this kind, from 0
     */
    record Notification(
            List<Alert> alerts,
            List<Long> firing,
            List<Long> resolved,
            List<Long> muted,
            Group group,
            Duration repeatInterval,
            NotificationReason reason,
            long flush,
            String integration,
            int index)
            implements EventData {
        /** Copies the lists. */
        public Notification {
            alerts = List.copyOf(alerts);
            firing = List.copyOf(firing);
            resolved = List.copyOf(resolved);
            muted = List.copyOf(muted);
        }

        @Override
        public String type() {
            return "notification";
        }
    }

    /** Somebody made a silence. */
    record SilenceCreated(Silence silence) implements EventData {
        @Override
        public String type() {
            return "silence_created";
        }
    }

    /** Somebody changed a silence, or ended it. */
    record SilenceUpdated(Silence silence) implements EventData {
        @Override
        public String type() {
            return "silence_updated";
        }
    }

    /** A flush left an alert out because of a silence. */
    record SilenceMuted(Silence silence, LabelSet alert) implements EventData {
        @Override
        public String type() {
            return "silence_muted_alert";
        }
    }

    /**
     * A flush left an alert out because another one inhibits it.
     *
     * @param source the matchers of the rule for alerts that inhibit
     * @param target its matchers for alerts that are inhibited
     * @param equal the labels in which both must agree
     * @param inhibiting the fingerprint of the alert that inhibits
     */
    record InhibitionMuted(
            List<Matcher> source, List<Matcher> target, List<String> equal, LabelSet alert, long inhibiting)
            implements EventData {
        /** Copies the lists. */
        public InhibitionMuted {
            source = List.copyOf(source);
            target = List.copyOf(target);
            equal = List.copyOf(equal);
        }

        @Override
        public String type() {
            return "inhibition_muted_alert";
        }
    }
}
