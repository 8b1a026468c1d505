package dev.tocsin.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.ingest.AlertSource;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String URL = "http://prometheus:9090/graph?g0.expr=up";

    private final Sources sources = new Sources();

    @ParameterizedTest
    @CsvSource({
        "Prometheus/2.42.0, http://p/graph, true",
        "prometheus/3, http://p/graph, true",
        "vmalert/1.2, '', true",
        "Thanos/0.39.1, '', true",
        "Grafana/12.0.1, '', true",
        "Mimir/2.14, '', true",
        "loki-ruler/3, '', true",
        "Go-http-client/1.1, http://vm:8880/vmalert/alert?group_id=1&alert_id=2, true",
        "Go-http-client/1.1, http://my-script/, false",
        "amtool/0.34.0, http://p/graph, false",
        "curl/8.5.0, http://p/graph, false",
        "'', http://p/graph, false",
        "my-Prometheus/1, http://p/graph, false",
    })
    void clientsThatReSendAreSources(String userAgent, String url, boolean source) {
        assertThat(sources.of(new AlertSource("10.0.0.1", userAgent), url, NOW) != null)
                .isEqualTo(source);
    }

    @Test
    void addressAndOriginTellSourcesApart() {
        AlertSource here = new AlertSource("10.0.0.1", "Prometheus/3");
        Source first = sources.of(here, URL, NOW);
        assertThat(sources.of(here, "http://prometheus:9090/other?x#y", NOW)).isSameAs(first);
        assertThat(sources.of(here, "http://prometheus:9091/graph", NOW)).isNotEqualTo(first);
        assertThat(sources.of(here, "http://prometheus:90901/graph", NOW)).isNotEqualTo(first);
        assertThat(sources.of(here, "https://prometheus:9090/graph", NOW)).isNotEqualTo(first);
        assertThat(sources.of(here, "", NOW)).isNotEqualTo(first);
        assertThat(sources.of(new AlertSource("10.0.0.2", "Prometheus/3"), URL, NOW))
                .isNotEqualTo(first);
        assertThat(sources.of(new AlertSource("10.0.0.1", "Prometheus/3.1"), URL, NOW))
                .isSameAs(first);
    }

    @Test
    void remembersWhenASourceLastPosted() {
        Source source = Objects.requireNonNull(sources.of(new AlertSource("10.0.0.1", "Prometheus/3"), URL, NOW));
        sources.of(new AlertSource("10.0.0.1", "Prometheus/3"), URL, NOW.plusSeconds(9));
        assertThat(source.lastPostAt()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 10_000; i++) {
            sources.of(new AlertSource("10.0.0." + i, "Prometheus/3"), URL, NOW);
        }
        assertThat(sources.size()).isEqualTo(4096);
    }
}
