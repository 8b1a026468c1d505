package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on metrics and what nodes expose: the same; and nothing that Alertmanager exposes is missing. */
class MetricsPageIT {
    private static final Pattern EXPOSED =
            Pattern.compile("(?m)^# HELP ((?:tocsin_cluster|tocsin_ingest)_\\w+) (\\S.{19,})$");
    private static final Pattern DOCUMENTED = Pattern.compile("`((?:tocsin_cluster|tocsin_ingest)_\\w+)[`{]");

    private static final Pattern ANY_EXPOSED = Pattern.compile("(?m)^# HELP (tocsin_\\w+) (\\S.{19,})$");
    private static final Pattern ANY_DOCUMENTED = Pattern.compile("`(tocsin_\\w+)[`{]");
    /** Counted by labels that the first call brings. */
    private static final String BY_CALL = "tocsin_grpc_calls_total";

    private static final String TYPE = "# TYPE ";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void everyMetricOfTheClusterHasASentenceOfHelpAndIsOnThePage() throws IOException {
        String page = Files.readString(Checkout.top().resolve("deploy/docs/metrics.md"));
        try (Sink sink = new Sink();
                HubCluster cluster = new HubCluster(
                        Flavor.TOCSIN,
                        new Place.Loopback(),
                        folder,
                        Configs.webhook(sink, "1h", "1h", "4h"),
                        2,
                        node -> Map.of())) {
            cluster.startAll();
            cluster.api(0).awaitMetric("tocsin_cluster_clock_offset_seconds{peer=\"n1\"}", -90, PATIENCE);
            cluster.api(0).postAlerts("[{\"labels\":{\"alertname\":\"A\"}}]");
            String metrics = cluster.api(0).get("/metrics").body();
            assertThat(names(EXPOSED, metrics)).isEqualTo(names(DOCUMENTED, page));
            assertThat(families()).hasSizeGreaterThan(80);
            assertThat(metrics.lines().filter(line -> line.startsWith(TYPE)).map(line -> line.substring(TYPE.length())))
                    .containsAll(families());
        }
    }

    private static List<String> families() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                MetricsPageIT.class.getResourceAsStream("/dev/tocsin/it/cluster/alertmanager-families.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void whateverANodeIsToldToDoAllItsMetricsAreOnThePageAndNoOthers() throws IOException {
        Set<String> documented =
                names(ANY_DOCUMENTED, Files.readString(Checkout.top().resolve("deploy/docs/metrics.md")));
        Path web = Files.writeString(folder.resolve("web.yml"), "http_server_config: {http2: false}\n");
        Set<String> exposed = new TreeSet<>();
        try (Node guarded = Node.tocsin(
                        folder.resolve("1"),
                        Configs.SILENT,
                        "--web.config.file=" + web,
                        "--grpc.listen-address=127.0.0.1:0");
                Node forgetful = Node.tocsin(folder.resolve("2"), Configs.SILENT, "--journal.max-size=0")) {
            exposed.addAll(names(ANY_EXPOSED, guarded.api().get("/metrics").body()));
            exposed.addAll(names(ANY_EXPOSED, forgetful.api().get("/metrics").body()));
        }
        documented.removeIf(name -> isOfCluster(name) || name.equals(BY_CALL));
        exposed.removeIf(MetricsPageIT::isOfCluster);
        assertThat(exposed).isEqualTo(documented);
    }

    private static boolean isOfCluster(String name) {
        return name.startsWith("tocsin_cluster_") || name.startsWith("tocsin_ingest_");
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
