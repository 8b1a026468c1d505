package dev.tocsin.cluster.protocol;

import dev.tocsin.core.metrics.Metrics;

/** The members as metrics; Alertmanager's names where it has them (contract section 9). */
final class MemberMetrics {
    MemberMetrics(Metrics metrics, MemberTable table) {
        metrics.gauge("alertmanager_cluster_members", "How many live members the cluster has.")
                .labels()
                .set(() -> table.view().live().size());
        metrics.gauge("alertmanager_cluster_failed_peers", "How many known peers are not reached.")
                .labels()
                .set(() -> table.view().known().size() - table.view().live().size());
        metrics.gauge("alertmanager_peer_position", "This node's place among the live members by name.")
                .labels()
                .set(() -> position(table));
        metrics.gauge(
                        "tocsin_cluster_config_mismatches",
                        "How many live peers have another configuration than this node.")
                .labels()
                .set(table::otherConfigs);
        metrics.gauge("tocsin_cluster_warm", "Whether this node knows what the others know.")
                .labels()
                .set(() -> table.wasWarm() ? 1 : 0);
    }

    private static int position(MemberTable table) {
        int position = 0;
        for (String node : table.view().live()) {
            if (node.equals(table.self())) {
                return position;
            }
            position++;
        }
        return 0;
    }
}
