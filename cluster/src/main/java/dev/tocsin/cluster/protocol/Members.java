package dev.tocsin.cluster.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to the cluster, as this node sees it. A hint: safety never depends on it but for {@link #known} and
 * {@link #deadNow}, which the quorum is made of (PROTOCOL sections 1, 5 and 6). Used on the hub loop only.
 */
public interface Members {
    /** Hears of changes, after they are visible here. */
    interface Listener {
        /** Some answer of this interface has changed. */
        void changed();

        /** There is a new connection to {@code peer} and its hello has been read: both sides may lack what the other has. */
        default void reconnected(String peer) {}

        /** {@code peer} has started again: all its claims of lower incarnations have ended. */
        default void restarted(String peer, int incarnation) {}
    }

    /**
     * What a peer says of itself; null before its first hello. One that is returning had said goodbye, and others may still
     * go on without counting it.
     */
    @SuppressWarnings("AvoidCommonTypeNames") // always written with its owner: Members.Info
    record Info(
            String name,
            long replica,
            int incarnation,
            boolean warm,
            boolean draining,
            String configHash,
            long configGeneration,
            boolean returning) {}

    /**
     * Nodes whose notifications are not all known here.
     *
     * @param nodes their names, sorted; may be empty
     * @param since when this node went on without them, by its own wall clock
     */
    record Unasked(Set<String> nodes, Instant since) {
        /** All that could be asked were asked. */
        static final Unasked NONE = new Unasked(Set.of(), Instant.EPOCH);
    }

    /** Calls {@code listener} from now on. */
    void listen(Listener listener);

    /** This node's name. */
    String self();

    /** The latest hello of a peer, or of this node itself. */
    @Nullable Info info(String node);

    /** The nodes that answer, this one included. */
    Set<String> live();

    /**
     * Whether {@code peer} gets no answer from a node that answers this one: what one of them tells reaches the other one
     * through third nodes only.
     */
    boolean isCutOff(String peer);

    /** Whether the process of {@code node} is certainly gone: its host refused the latest ping, or it has started again. */
    boolean deadNow(String node);

    /** The names of all nodes that count, this one included: configured, remembered, or seen not long ago. */
    Set<String> known();

    /** The live, warm nodes that are not draining, this one included if it is so, best-ranked first for this group. */
    List<String> eligible(String groupKey);

    /** Whether this node is the best-ranked one of the {@link #eligible} for this group. */
    boolean isFirst(String groupKey);

    /** All known nodes, best-ranked first for this group: the same order on every node that knows the same names. */
    List<String> ranking(String groupKey);

    /** Whether the process that went by this replica id and incarnation is certainly gone. */
    boolean gone(long replica, int incarnation);

    /** Whether this node knows what the others know. False as long as the hub loop has just stood still. */
    boolean warm();

    /** By how much the wall clock of {@code peer} is ahead of ours; null if it has not said yet. */
    @Nullable Duration ahead(String peer);

    /** Notes that this node knows what the others know; for the part that has fetched it. */
    default void becomeWarm() {
        becomeWarm(Set.of());
    }

    /**
     * Notes that this node knows as much as it can find out.
     *
     * @param unasked known nodes that could not be asked
     */
    void becomeWarm(Set<String> unasked);

    /** Whom this node could not ask when it became warm, and has not met since; mostly nobody. */
    Unasked unasked();

    /**
     * Nodes that are certainly gone, and had not answered for some time before that: they may have notified, and nobody can
     * be asked. {@code since} is when the last of them was found to be gone.
     */
    Unasked lostFromSight();

    /** Whether most nodes agree with each other on the time and not with this one: it cannot become warm. */
    boolean clockIsWrong();

    /** Whether this node is about to leave. */
    boolean draining();
}
