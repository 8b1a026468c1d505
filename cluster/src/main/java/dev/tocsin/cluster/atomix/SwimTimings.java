package dev.tocsin.cluster.atomix;

import java.time.Duration;

/**
 * The pace of the membership protocol.
 *
 * @param gossip the time between two rounds of gossip
 * @param probe the time between two probes of a random member
 * @param probeTimeout how long a probed member may take to answer
 * @param failure how long a suspected member may take to object
 */
public record SwimTimings(Duration gossip, Duration probe, Duration probeTimeout, Duration failure) {
    /** SWIM only makes nodes known to each other: who is alive is seen by connections and heartbeats, and quicker. */
    public static final SwimTimings DEFAULTS = new SwimTimings(
            Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(3));
}
