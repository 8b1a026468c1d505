package dev.tocsin.it.sim.history;

import java.util.Locale;

/** One request to a receiver, as an observer sees it who stands beside both ends. Filled in as it goes on. One thread. */
public final class Request {
    /** How it ended for its sender. */
    public enum Ending {
        /** Not yet, or its sender did not live to see it. */
        NONE,
        /** An answer said that it is accepted. */
        DELIVERED,
        /** An answer said that it is not accepted. */
        REFUSED,
        /** No byte could be sent. */
        UNREACHABLE,
        /** There was no answer. */
        UNANSWERED,
        /** The sender closed it. */
        CLOSED
    }

    private final int number;
    private final int node;
    private final int life;
    private final Content content;
    private final long startedAt;
    private long acceptedAt = -1;
    private long endedAt = -1;
    private Ending ending = Ending.NONE;
    private boolean ignored;

    /** What it says. */
    public record Content(
            String key,
            int group,
            String receiver,
            long sequence,
            String idempotencyKey,
            boolean marked,
            long firing,
            long resolved) {
        /** Whether both tell the same of the same alerts. */
        public boolean tellsAs(Content other) {
            return firing == other.firing && resolved == other.resolved;
        }
    }

    /**
     * A request on its way.
     *
     * @param number counts the requests of a simulation
     * @param life which life of the node sends
     * @param startedAt true time in nanoseconds
     */
    public Request(int number, int node, int life, Content content, long startedAt) {
        this.number = number;
        this.node = node;
        this.life = life;
        this.content = content;
        this.startedAt = startedAt;
    }

    /** The receiver acted on it. */
    public void accept(long at) {
        acceptedAt = at;
    }

    /** The receiver will never answer. */
    public void ignore() {
        ignored = true;
    }

    /** It ended for its sender; only the first end counts. */
    public void end(long at, Ending how) {
        if (ending == Ending.NONE) {
            endedAt = at;
            ending = how;
        }
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** The index of the node that sent it. */
    public int node() {
        return node;
    }

    /** The life of the node that sent it. */
    public int life() {
        return life;
    }

    /** What it says. */
    public Content content() {
        return content;
    }

    /** When it was sent, true time in nanoseconds. */
    public long startedAt() {
        return startedAt;
    }

    /** Whether the receiver acted on it. */
    public boolean accepted() {
        return acceptedAt >= 0;
    }

    /** When the receiver acted on it; -1 if it did not. */
    public long acceptedAt() {
        return acceptedAt;
    }

    /** When it ended for its sender; -1 if it did not. */
    public long endedAt() {
        return endedAt;
    }

    /** How it ended for its sender. */
    public Ending ending() {
        return ending;
    }

    /** Whether the receiver never meant to answer, however long its sender waits. */
    public boolean ignored() {
        return ignored;
    }

    /** Whether its sender could not know whether it was accepted. */
    public boolean unknown() {
        return ending == Ending.NONE || ending == Ending.UNANSWERED || ending == Ending.CLOSED;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "#%d n%d.%d %s seq %d%s %s key %s",
                number,
                node + 1,
                life,
                content.key(),
                content.sequence(),
                content.marked() ? " MARKED" : "",
                Masks.text(content.firing(), content.resolved()),
                content.idempotencyKey()
                        .substring(0, Math.min(8, content.idempotencyKey().length())));
    }
}
