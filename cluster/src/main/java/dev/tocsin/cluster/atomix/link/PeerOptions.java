package dev.tocsin.cluster.atomix.link;

import java.time.Duration;

/**
 * How peers are looked for.
 *
 * @param reconnectInterval the time between attempts to reach a peer that has been lost for long
 * @param reconnectTimeout a found peer that is lost for this long is forgotten
 * @param resolveInterval the time between two lookups of configured names
 * @param resolveTimeout a lookup that takes longer is reported
 * @param joinPatience how long it may take to reach any of the configured peers before that is reported
 */
public record PeerOptions(
        Duration reconnectInterval,
        Duration reconnectTimeout,
        Duration resolveInterval,
        Duration resolveTimeout,
        Duration joinPatience) {
    /** What the flags' defaults mean. */
    public static final PeerOptions DEFAULTS = new PeerOptions(
            Duration.ofSeconds(10),
            Duration.ofHours(6),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(3));
}
