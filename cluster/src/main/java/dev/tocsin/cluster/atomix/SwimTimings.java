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
    /** What was measured to find a dead node in a second without suspecting a busy one. */
    public static final SwimTimings DEFAULTS = new SwimTimings(
            Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(400), Duration.ofSeconds(1));
}
