package dev.tocsin.core.journal;

import dev.tocsin.core.silence.Silence;
import java.time.Instant;

/** What happened to the hub as a whole. */
public sealed interface HubEvent extends JournalEvent {
    /** The node began to work. */
    record Started(String version) implements HubEvent {
        @Override
        public String reason() {
            return "started, version " + version;
        }
    }

    /** The node was told to stop. */
    record Stopped(String why) implements HubEvent {
        @Override
        public String reason() {
            return "stopping: " + why;
        }
    }

    /** A configuration is in force. */
    record ConfigLoaded(String file, String hash) implements HubEvent {
        @Override
        public String reason() {
            return "configuration " + file + " in force, hash " + hash;
        }
    }

    /** A configuration was refused; the one before stays in force. */
    record ConfigRefused(String file, String error) implements HubEvent {
        @Override
        public String reason() {
            return "configuration " + file + " refused: " + error;
        }

        @Override
        public int sizeBytes() {
            return 96 + error.length();
        }
    }

    /** A silence was made. */
    record SilenceCreated(Silence silence) implements HubEvent {
        @Override
        public String reason() {
            return "silence " + silence.id() + " created by " + silence.createdBy();
        }
    }

    /** A silence was changed in place. */
    record SilenceUpdated(Silence before, Silence silence) implements HubEvent {
        @Override
        public String reason() {
            return "silence " + silence.id() + " updated by " + silence.createdBy();
        }

        @Override
        public int sizeBytes() {
            return 512;
        }
    }

    /** A silence was ended by a person before its time. */
    record SilenceExpired(Silence silence) implements HubEvent {
        @Override
        public String reason() {
            return "silence " + silence.id() + " expired";
        }
    }

    /** A node of the cluster answers. */
    record MemberJoined(String member) implements HubEvent {
        @Override
        public String reason() {
            return "member " + member + " answers";
        }
    }

    /** A node of the cluster does not answer any more. */
    record MemberLost(String member, String why) implements HubEvent {
        @Override
        public String reason() {
            return "member " + member + " does not answer: " + why;
        }
    }

    /** This node does not claim before it knows again what the others know. */
    record TurnedCold(String why) implements HubEvent {
        @Override
        public String reason() {
            return "cold: " + why;
        }
    }

    /** This node knows what the others know. */
    record TurnedWarm() implements HubEvent {
        @Override
        public String reason() {
            return "warm";
        }
    }

    /**
     * Events are missing: they are forgotten, or were never written down.
     *
     * @param events how many
     * @param until all of them were not after this instant
     */
    record Gap(long events, Instant until) implements HubEvent {
        @Override
        public String reason() {
            return events + " events are not in the journal any more";
        }
    }
}
