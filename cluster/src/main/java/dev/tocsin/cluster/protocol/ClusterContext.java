package dev.tocsin.cluster.protocol;

import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What all parts of the protocol share.
 *
 * @param node this node's name, unique in the cluster
 * @param replica the random number that lives as long as the storage folder
 * @param incarnation counts the starts on that folder
 * @param loop the hub loop; every part runs on it
 * @param random used on the hub loop
 * @param unreadable one for all parts, so that a peer is complained of once
 * @param suspended rules that are switched off; empty in production
 */
public record ClusterContext(
        String node,
        long replica,
        int incarnation,
        Clock clock,
        Scheduler loop,
        Transport transport,
        RandomGenerator random,
        Metrics metrics,
        Journal journal,
        UnreadableMessages unreadable,
        Timings timings,
        Set<Rule> suspended) {
    /** Copies the set. */
    public ClusterContext {
        suspended = Set.copyOf(suspended);
    }

    /** Whether a rule is in force. */
    public boolean has(Rule rule) {
        return !suspended.contains(rule);
    }
}
