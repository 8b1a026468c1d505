package dev.tocsin.app;

import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.core.metrics.Metrics;

/** The metrics that only tell what was built and how it was started (contract section 9). */
final class BuildMetrics {
    private final Version version;
    private final FlagValues flags;

    BuildMetrics(Version version, FlagValues flags) {
        this.version = version;
        this.flags = flags;
    }

    void register(Metrics metrics) {
        metrics.gauge(
                        "alertmanager_build_info",
                        "What this build is; the value is always 1.",
                        "version",
                        "revision",
                        "branch",
                        "goversion",
                        "goos",
                        "goarch",
                        "tags")
                .labels(
                        Version.COMPATIBLE,
                        version.own(),
                        version.branch(),
                        "java" + Runtime.version().feature(),
                        System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT),
                        System.getProperty("os.arch", ""),
                        "tocsin")
                .set(1);
        boolean clustered = !flags.text("cluster.listen-address").isEmpty();
        metrics.gauge("alertmanager_cluster_enabled", "Whether clustering is turned on.")
                .labels()
                .set(clustered ? 1 : 0);
        if (clustered) {
            metrics.gauge("alertmanager_cluster_health_score", "How healthy this node thinks it is; 0 is healthy.")
                    .labels()
                    .set(0);
        }
    }
}
