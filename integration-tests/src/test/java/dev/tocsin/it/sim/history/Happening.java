package dev.tocsin.it.sim.history;

import dev.tocsin.core.journal.JournalEvent;
import java.util.List;

/** One line of a history. */
public sealed interface Happening {
    /** True time in nanoseconds. */
    long at();

    /** For people. */
    String text();

    /** Something was done to the world. */
    record Interference(long at, String what) implements Happening {
        @Override
        public String text() {
            return "*** " + what;
        }
    }

    /**
     * A node's clock was set.
     *
     * @param step by how much, in nanoseconds
     */
    record ClockSet(long at, int node, long step) implements Happening {
        @Override
        public String text() {
            return "*** n" + (node + 1) + "'s clock is set by " + step / 1_000_000 + " ms";
        }
    }

    /**
     * A node that did not run lost what its disk held.
     *
     * @param since what it held until then is still there, true time in nanoseconds; 0 if nothing is
     */
    record DiskLost(long at, int node, long since) implements Happening {
        @Override
        public String text() {
            return "*** n" + (node + 1) + "'s disk "
                    + (since == 0
                            ? "is emptied"
                            : "is the one of " + History.seconds(since).strip() + " s");
        }
    }

    /** Who can talk to whom has changed. */
    record Reachable(long at, Topology topology) implements Happening {
        @Override
        public String text() {
            return "    reach " + topology;
        }
    }

    /** Two nodes have a connection. */
    record Met(long at, int one, int other) implements Happening {
        @Override
        public String text() {
            return "    n" + (one + 1) + " and n" + (other + 1) + " have met";
        }
    }

    /** A sender sends alerts to a node. */
    record Posted(long at, int post, String sender, int node, long firing, long resolved) implements Happening {
        @Override
        public String text() {
            return "post " + post + " " + sender + " -> n" + (node + 1) + " " + Masks.text(firing, resolved);
        }
    }

    /**
     * A node has said that it has the alerts.
     *
     * @param holders for each alert the nodes, as bits, that have it in store; 0 for alerts that were not posted as firing
     * @param unreplicated whether the node counted that too few others have
     */
    record PostAnswered(long at, Posted post, List<Integer> holders, boolean unreplicated) implements Happening {
        /** Copies the list. */
        public PostAnswered {
            holders = List.copyOf(holders);
        }

        @Override
        public String text() {
            return "post " + post.post() + " answered by n" + (post.node() + 1) + ", held by "
                    + holders.stream()
                            .filter(nodes -> nodes != 0)
                            .map(Topology::names)
                            .toList() + (unreplicated ? ", counted as unreplicated" : "");
        }
    }

    /** A request begins. */
    record Sent(long at, Request request) implements Happening {
        @Override
        public String text() {
            return "send " + request;
        }
    }

    /** A receiver acts on a request. */
    record Accepted(long at, Request request) implements Happening {
        @Override
        public String text() {
            return "  accepted " + request;
        }
    }

    /** A request ends for its sender. */
    record Ended(long at, Request request) implements Happening {
        @Override
        public String text() {
            return "  ended " + request.ending() + " " + request;
        }
    }

    /** A node writes down what it does. */
    record Journaled(long at, int node, int life, JournalEvent event) implements Happening {
        @Override
        public String text() {
            return "  n" + (node + 1) + "." + life + " " + event.getClass().getSimpleName() + " " + event.groupKey()
                    + " " + event.receiver() + ": " + event.reason();
        }
    }

    /**
     * A client asks for a silence, or for another end of it.
     *
     * @param version counts the edits of the silence, from 0
     */
    record SilenceAsked(long at, int silence, int version, int node, int alert, boolean active) implements Happening {
        @Override
        public String text() {
            return "silence s" + silence + " version " + version + (active ? " on" : " off") + " for a" + alert
                    + " asked of n" + (node + 1);
        }
    }

    /** The edit was acknowledged, or refused. */
    record SilenceAnswered(long at, SilenceAsked edit, boolean stored, String id, int lacking) implements Happening {
        @Override
        public String text() {
            return "silence s" + edit.silence() + " version " + edit.version() + (stored ? " stored " : " refused ")
                    + id;
        }
    }

    /** What a node knows of a silence at the end. */
    record SilenceSeen(long at, int node, int silence, boolean known, boolean active) implements Happening {
        @Override
        public String text() {
            return "n" + (node + 1) + " sees silence s" + silence + (known ? active ? " on" : " off" : " not at all");
        }
    }

    /** How often a node that runs has had to ask others what became of a due group, since it started. */
    record Nudges(long at, int node, long asked) implements Happening {
        @Override
        public String text() {
            return "n" + (node + 1) + " has asked " + asked + " times what became of a due group";
        }
    }

    /** Production code threw an exception on the hub loop. */
    record Broke(long at, int node, String trace) implements Happening {
        @Override
        public String text() {
            return "!!! n" + (node + 1) + " " + trace;
        }
    }
}
