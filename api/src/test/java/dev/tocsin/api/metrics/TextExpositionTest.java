package dev.tocsin.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextExpositionTest {
    private final Metrics metrics = new Metrics(new MetricRegistry());

    private String text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextExposition(metrics).writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyKindHasItsLines() throws IOException {
        metrics.histogram("d_seconds", "Duration.", new double[] {0.5, 1, 1e6}, "way")
                .labels("x")
                .observe(0.7);
        metrics.summary("c_seconds", "Summary.").labels().observe(1.5);
        metrics.gauge("b", "Gauge.").labels().set(-0.25);
        metrics.counter("a_total", "Counter.", "z", "a").labels("2", "b").increment();
        metrics.counter("a_total", "Counter.", "z", "a").labels("1", "b").add(3);
        metrics.counter("absent_total", "Has no children.", "l");
        assertThat(text()).isEqualTo("""
                # HELP a_total Counter.
                # TYPE a_total counter
                a_total{a="b",z="1"} 3
                a_total{a="b",z="2"} 1
                # HELP b Gauge.
                # TYPE b gauge
                b -0.25
                # HELP c_seconds Summary.
                # TYPE c_seconds summary
                c_seconds_sum 1.5
                c_seconds_count 1
                # HELP d_seconds Duration.
                # TYPE d_seconds histogram
                d_seconds_bucket{way="x",le="0.5"} 0
                d_seconds_bucket{way="x",le="1"} 1
                d_seconds_bucket{way="x",le="1e+06"} 1
                d_seconds_bucket{way="x",le="+Inf"} 1
                d_seconds_sum{way="x"} 0.7
                d_seconds_count{way="x"} 1
                """);
    }

    @Test
    void textsAreEscaped() throws IOException {
        metrics.gauge("g", "a \\ b\nc \"d\"", "l").labels("q\"\\\nü").set(1);
        assertThat(text()).isEqualTo("""
                # HELP g a \\\\ b\\nc "d"
                # TYPE g gauge
                g{l="q\\"\\\\\\nü"} 1
                """);
    }

    @Test
    void gaugesThatAreCountedTogetherAreBroughtUpToDate() throws IOException {
        metrics.onCollect(() -> metrics.gauge("g", "G.").labels().set(7));
        assertThat(text()).contains("g 7\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0.0,-0",
        "1,1",
        "-17,-17",
        "999999,999999",
        "1000000,1e+06",
        "1234567.5,1.2345675e+06",
        "100000000,1e+08",
        "1.7953930491E9,1.7953930491e+09",
        "1.8446744073709552E19,1.8446744073709552e+19",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "0.00012345,0.00012345",
        "6.5778E-5,6.5778e-05",
        "0.000260021,0.000260021",
        "123456.789,123456.789",
        "1E-320,1e-320",
        "1.7976931348623157E308,1.7976931348623157e+308",
        "NaN,NaN",
        "Infinity,+Inf",
        "-Infinity,-Inf"
    })
    void numbersArePrintedAsGoDoes(double value, String expected) {
        StringBuilder out = new StringBuilder();
        GoFloat.append(out, value);
        assertThat(out).hasToString(expected);
    }

    @Test
    void theProcessTellsWhatItTakes() throws IOException {
        new ProcessMetrics(metrics).register();
        assertThat(text())
                .contains(
                        "# TYPE process_cpu_seconds_total counter\n",
                        "# TYPE process_start_time_seconds gauge\n",
                        "# TYPE process_open_fds gauge\n",
                        "# TYPE process_resident_memory_bytes gauge\n")
                .doesNotContain("process_resident_memory_bytes 0\n");
    }

    @Test
    void theRuntimeTellsOfMemoryCollectionsAndThreadsUnderTheNamesOfPrometheusOwnClient() throws IOException {
        new RuntimeMetrics(metrics).register();
        System.gc();
        assertThat(text())
                .contains(
                        "jvm_memory_used_bytes{area=\"heap\"} ",
                        "jvm_memory_pool_used_bytes{pool=\"Metaspace\"} ",
                        "jvm_buffer_pool_used_bytes{pool=\"direct\"} ",
                        "# TYPE jvm_gc_collection_seconds summary\n",
                        "jvm_gc_collection_seconds_sum{gc=",
                        "# TYPE jvm_threads_current gauge\n")
                .containsPattern("jvm_gc_collection_seconds_count\\{gc=\"[^\"]+\"} [1-9]")
                .doesNotContain("jvm_threads_current 0\n");
    }
}
