package dev.tocsin.core.journal;

import dev.tocsin.core.silence.Silence;
import java.time.Instant;

/** What happened to the hub as a whole. */
public sealed interface HubEvent extends JournalEvent {
    /** The node began to work. */
    record Started(String version) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.STARTED;
        }

        @Override
        public String reason() {
            return "started, version " + version;
        }
    }

    /** The node was told to stop. */
    record Stopped(String why) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.STOPPED;
        }

        @Override
        public String reason() {
            return "stopping: " + why;
        }
    }

    /** A configuration is in force. */
    record ConfigLoaded(String file, String hash) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.CONFIG_LOADED;
        }

        @Override
        public String reason() {
            return "configuration " + file + " in force, hash " + hash;
        }
    }

    /** A configuration was refused; the one before stays in force. */
    record ConfigRefused(String file, String error) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.CONFIG_REFUSED;
        }

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
        public EventType type() {
            return EventType.SILENCE_CREATED;
        }

        @Override
        public String reason() {
            return "silence " + silence.id() + " created by " + silence.createdBy();
        }
    }

    /** A silence was changed in place. */
    record SilenceUpdated(Silence before, Silence silence) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.SILENCE_UPDATED;
        }

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
        public EventType type() {
            return EventType.SILENCE_EXPIRED;
        }

        @Override
        public String reason() {
            return "silence " + silence.id() + " expired";
        }
    }

    /** A node of the cluster answers. */
    record MemberJoined(String member) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.MEMBER_JOINED;
        }

        @Override
        public String reason() {
            return "member " + member + " answers";
        }
    }

    /** A node of the cluster does not answer any more. */
    record MemberLost(String member, String why) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.MEMBER_LOST;
        }

        @Override
        public String reason() {
            return "member " + member + " does not answer: " + why;
        }
    }

    /** This node does not claim before it knows again what the others know. */
    record TurnedCold(String why) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.TURNED_COLD;
        }

        @Override
        public String reason() {
            return "cold: " + why;
        }
    }

    /** This node knows what the others know. */
    record TurnedWarm() implements HubEvent {
        @Override
        public EventType type() {
            return EventType.TURNED_WARM;
        }

        @Override
        public String reason() {
            return "warm";
        }
    }

    /**
     * Events are missing: they are forgotten, could not be kept, or their place on the disk is damaged.
     *
     * @param events how many; -1 if nobody knows
     * @param until all of them were not after this instant
     */
    record Gap(long events, Instant until) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.GAP;
        }

        @Override
        public String reason() {
            return (events < 0
                            ? "an unknown number of events is"
                            : Count.of(events, "event") + (events == 1 ? " is" : " are"))
                    + " not in the journal (any more)";
        }
    }

    /**
     * The node died before this start without saying goodbye: what it did in its last second may be missing.
     *
     * @param last when it wrote its last event
     */
    record Interrupted(Instant last) implements HubEvent {
        @Override
        public EventType type() {
            return EventType.INTERRUPTED;
        }

        @Override
        public String reason() {
            return "the node ended without a stop; its last event is of " + last
                    + ", and what it did in the second after that may be missing";
        }
    }
}
