package dev.tocsin.it;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running node's metrics tell, and whether Prometheus' own tool finds fault with them. */
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void aNodeThatHasNotifiedSaysHowLongItTookAndPromtoolFindsNoFault() throws Exception {
        Path promtool = Checkout.peer("stable", "promtool");
        try (Sink sink = new Sink();
                Node node = Node.tocsin(folder, Configs.webhook(sink, "0s", "1s", "1h"))) {
            node.api().postAlerts("[{\"labels\":{\"alertname\":\"A\"}}]");
            node.api()
                    .awaitMetric(
                            "tocsin_receiver_notifications_total{receiver=\"pager\",result=\"delivered\"}",
                            1,
                            PATIENCE);
            String metrics = node.api().get("/metrics").body();
            assertThat(metrics)
                    .contains(
                            "tocsin_receiver_time_since_receipt_seconds_count{receiver=\"pager\"} 1\n",
                            "tocsin_receiver_time_since_start_seconds_bucket{receiver=\"pager\",le=\"+Inf\"} 1\n",
                            "tocsin_receiver_notifications_waiting{receiver=\"pager\"} 0\n",
                            "# TYPE jvm_gc_collection_seconds summary\n",
                            "# TYPE process_resident_memory_bytes gauge\n");
            assertThat(complaints(promtool, metrics)).isEmpty();
        }
    }

    private String complaints(Path promtool, String metrics) throws IOException, InterruptedException {
        Path file = folder.resolve("metrics.txt");
        Files.writeString(file, metrics);
        Process process = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        }
    }
}
