package dev.tocsin.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMetricsTest {
    /** What a client in Go tells on Linux. */
    private static final String[] FAMILIES = {
        "process_cpu_seconds_total counter",
        "process_max_fds gauge",
        "process_network_receive_bytes_total counter",
        "process_network_transmit_bytes_total counter",
        "process_open_fds gauge",
        "process_resident_memory_bytes gauge",
        "process_start_time_seconds gauge",
        "process_virtual_memory_bytes gauge",
        "process_virtual_memory_max_bytes gauge"
    };

    private final Metrics metrics = new Metrics(new MetricRegistry());

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessIsDescribedAsEveryClientDoesIt() throws IOException {
        new ProcessMetrics(metrics).register();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextExposition(metrics).writeTo(out);
        String text = out.toString(StandardCharsets.UTF_8);
        for (String family : FAMILIES) {
            assertThat(text).contains("# TYPE " + family + "\n");
            String name = family.substring(0, family.indexOf(' '));
            assertThat(text).containsPattern("(?m)^" + name + " (0[.]0*)?[1-9]");
        }
    }
}
