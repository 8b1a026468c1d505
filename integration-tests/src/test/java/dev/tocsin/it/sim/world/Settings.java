package dev.tocsin.it.sim.world;

import dev.tocsin.cluster.protocol.Rule;
import java.util.Set;

/**
 * How large a world is and how it is configured.
 *
 * @param nodes how many nodes there are, 1 to 7
 * @param clustered whether they are a cluster; if not each is a hub of its own
 * @param suspended rules of the protocol that are switched off
 * @param senders how many Prometheus servers there are
 * @param toAll whether these send to every node, or each batch to any node
 * @param groups how many groups the alerts fall into
 * @param alerts how many alerts there are; the last one is the one that is silenced
 * @param wallSkewMillis how wrong the nodes' clocks may be, either way
 * @param senderSkewMillis how wrong the senders' clocks may be, either way
 * @param groupWaitMillis {@code group_wait}
 * @param groupIntervalMillis {@code group_interval}
 * @param repeatMillis {@code repeat_interval}
 * @param resendMillis after which time senders send again what fires
 * @param traits what else the configuration has
 */
public record Settings(
        int nodes,
        boolean clustered,
        Set<Rule> suspended,
        int senders,
        boolean toAll,
        int groups,
        int alerts,
        int wallSkewMillis,
        int senderSkewMillis,
        int groupWaitMillis,
        int groupIntervalMillis,
        int repeatMillis,
        int resendMillis,
        Set<Trait> traits) {

    /** A small cluster with good clocks and a pair of senders that send to every node. */
    public static Settings cluster(int nodes) {
        return new Settings(nodes, true, Set.of(), 2, true, 4, 9, 0, 500, 1_000, 5_000, 3_600_000, 15_000, Set.of());
    }

    private Settings with(int count, boolean cluster, Set<Rule> off, boolean all, int skew, int senderSkew) {
        return new Settings(
                count,
                cluster,
                off,
                senders,
                all,
                groups,
                alerts,
                skew,
                senderSkew,
                groupWaitMillis,
                groupIntervalMillis,
                repeatMillis,
                resendMillis,
                traits);
    }

    /** As many hubs that do not know of each other. */
    public Settings alone() {
        return with(nodes, false, suspended, toAll, wallSkewMillis, senderSkewMillis);
    }

    /** The same with so many nodes. */
    public Settings nodes(int count) {
        return with(count, clustered, suspended, toAll, wallSkewMillis, senderSkewMillis);
    }

    /** The same without these rules. */
    public Settings without(Set<Rule> rules) {
        return with(nodes, clustered, rules, toAll, wallSkewMillis, senderSkewMillis);
    }

    /** The same with clocks that are wrong by up to half a minute. */
    public Settings skewed() {
        return with(nodes, clustered, suspended, toAll, 30_000, 5_000);
    }

    /** The same with senders that send again what fires after so many milliseconds. */
    public Settings resending(int millis) {
        return with(millis, traits);
    }

    /** The same with each batch posted to any one node. */
    public Settings balanced() {
        return with(nodes, clustered, suspended, false, wallSkewMillis, senderSkewMillis);
    }

    /** The same with a configuration that also has these. */
    public Settings with(Set<Trait> more) {
        return with(resendMillis, more);
    }

    private Settings with(int millis, Set<Trait> more) {
        return new Settings(
                nodes,
                clustered,
                suspended,
                senders,
                toAll,
                groups,
                alerts,
                wallSkewMillis,
                senderSkewMillis,
                groupWaitMillis,
                groupIntervalMillis,
                repeatMillis,
                millis,
                more);
    }

    /**
     * Which alert inhibits another one while it fires; -1 if none does. The first alert of the first team inhibits all
     * others of its team, and is inhibited by the first one of the second team, which does not keep it from inhibiting.
     */
    public int inhibitor(int alert) {
        if (!traits.contains(Trait.INHIBITION) || alert % groups != 0) {
            return -1;
        }
        return alert == 0 ? 1 : 0;
    }
}
