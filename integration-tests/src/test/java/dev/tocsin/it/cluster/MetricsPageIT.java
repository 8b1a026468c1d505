package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on metrics and what a node of a cluster exposes: the same. */
class MetricsPageIT {
    private static final Pattern EXPOSED =
            Pattern.compile("(?m)^# HELP ((?:tocsin_cluster|tocsin_ingest)_\\w+) (\\S.{19,})$");
    private static final Pattern DOCUMENTED = Pattern.compile("`((?:tocsin_cluster|tocsin_ingest)_\\w+)[`{]");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void everyMetricOfTheClusterHasASentenceOfHelpAndIsOnThePage() throws IOException {
        String page = Files.readString(Checkout.top().resolve("deploy/docs/metrics.md"));
        try (HubCluster cluster =
                new HubCluster(Flavor.TOCSIN, new Place.Loopback(), folder, Configs.SILENT, 2, node -> Map.of())) {
            cluster.startAll();
            cluster.api(0).awaitMetric("tocsin_cluster_clock_offset_seconds{peer=\"n1\"}", -90, PATIENCE);
            assertThat(names(EXPOSED, cluster.api(0).get("/metrics").body())).isEqualTo(names(DOCUMENTED, page));
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
