package dev.tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.http.server.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpInterfaceTest {
    private final TestInterface node = new TestInterface();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aNodeThatIsNotReadySaysWhy() throws IOException {
        node.unready = "waiting for the cluster";
        RawClient.Answer answer = node.get("/-/ready");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).isEqualTo("waiting for the cluster\n");
        assertThat(node.get("/-/healthy").status()).isEqualTo(200);
        node.unready = null;
        assertThat(node.get("/-/ready").text()).isEqualTo("OK");
    }

    @Test
    void aReloadThatFailsTellsWhatIsWrong() throws IOException {
        node.reload = CompletableFuture.completedFuture("no route provided in config");
        RawClient.Answer answer = node.send("POST", "/-/reload", Map.of(), "");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("failed to reload config: no route provided in config\n");
        node.reload = CompletableFuture.failedFuture(new IOException("gone"));
        assertThat(node.send("POST", "/-/reload", Map.of(), "").text()).isEqualTo("failed to reload config: gone\n");
    }

    @Test
    void theFrontPageIsNeverCached() throws IOException {
        RawClient.Answer answer = node.get("/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("cache-control", "no-cache, no-store, must-revalidate")
                .containsEntry("pragma", "no-cache")
                .containsEntry("expires", "0");
        assertThat(answer.text()).contains("Tocsin", "0.1.0", "href=\"api/v2/status\"");
    }

    @Test
    void metricsNameTheRoutesAndNotWhateverClientsAskFor() throws IOException {
        node.get("/-/healthy");
        node.get("/api/v2/receivers/");
        node.get("/api/v2/silence/5838ad3f-aa1c-4a1e-a9d9-12bc1ad1f61c");
        node.get("/api/v2/invented-by-a-client");
        node.get("/invented-too");
        node.get("/api/v1/silence/x");
        node.send("FOO", "/api/v2/status", Map.of(), "");
        RawClient.Answer answer = node.get("/metrics");
        assertThat(answer.headers())
                .containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
        String prefix = "alertmanager_http_request_duration_seconds_count{";
        assertThat(answer.text())
                .contains(
                        prefix + "code=\"200\",handler=\"/-/healthy\",method=\"get\"} 1\n",
                        prefix + "code=\"200\",handler=\"/api/v2/receivers\",method=\"get\"} 1\n",
                        prefix + "code=\"404\",handler=\"/api/v2/silence/{silenceID}\",method=\"get\"} 1\n",
                        prefix + "code=\"404\",handler=\"/api/v2/*\",method=\"get\"} 1\n",
                        prefix + "code=\"410\",handler=\"/silence/:sid\",method=\"get\"} 1\n",
                        prefix + "code=\"405\",handler=\"/api/v2/status\",method=\"unknown\"} 1\n",
                        "alertmanager_http_response_size_bytes_sum{handler=\"/-/healthy\",method=\"get\"} 2\n",
                        "alertmanager_http_requests_in_flight{method=\"get\"} 1\n",
                        "alertmanager_http_concurrency_limit_exceeded_total{method=\"get\"} 0\n",
                        "promhttp_metric_handler_requests_in_flight 1\n",
                        "tocsin_http_event_loop_pending_tasks{loop=\"1\"} ",
                        "# TYPE tocsin_netty_direct_memory_bytes gauge\n",
                        "tocsin_netty_allocator_used_bytes{memory=\"direct\"} ",
                        "promhttp_metric_handler_requests_total{code=\"503\"} 0\n")
                .doesNotContain("invented", "handler=\"/api/v2/receivers\",method=\"get\",le=\"100\"");
        assertThat(node.get("/metrics").text()).contains("promhttp_metric_handler_requests_total{code=\"200\"} 1\n");
    }

    @Test
    void metricsAreCompressedHoweverFewTheyAre() throws IOException {
        RawClient.Answer answer = node.send("GET", "/metrics", Map.of("Accept-Encoding", "gzip"), "");
        assertThat(answer.headers()).containsEntry("content-encoding", "gzip");
        byte[] text = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertThat(new String(text, StandardCharsets.UTF_8)).startsWith("# HELP ");
    }
}
