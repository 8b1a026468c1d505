package dev.tocsin.api;

import dev.tocsin.api.http.RawClient;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what the interface costs without a store behind: posts of 64 alerts of 10 labels and 3 annotations through a
 * socket, and a GET of 50,000. Not a test; prints the CPU of the server's threads, the client's not counted.
 */
final class LoadProbe {
    private static final int BATCH = 64;
    private static final int POSTS = 3_000;
    private static final int ALERTS = 50_000;
    private static final double MILLION = 1e6;

    private LoadProbe() {}

    public static void main(String[] args) throws IOException {
        try (TestInterface api = new TestInterface();
                RawClient client = api.server().connect()) {
            byte[] post = post();
            for (int round = 1; round <= 4; round++) {
                double before = serverCpuMillis();
                long start = System.nanoTime();
                for (int i = 0; i < POSTS; i++) {
                    if (client.send(post).read().status() != 200) {
                        throw new IllegalStateException("refused");
                    }
                    api.hub.posted.clear();
                }
                report("posted", POSTS * BATCH, before, start, post.length * (long) POSTS);
            }
            fill(api.hub);
            for (int round = 1; round <= 4; round++) {
                double before = serverCpuMillis();
                long start = System.nanoTime();
                client.send("GET /api/v2/alerts HTTP/1.1\r\nHost: x\r\n\r\n");
                report("got", ALERTS, before, start, client.read().body().length);
            }
            double before = serverCpuMillis();
            long start = System.nanoTime();
            client.send("GET /api/v2/alerts HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
            report("got with gzip", ALERTS, before, start, client.read().body().length);
        }
    }

    private static void report(String what, int alerts, double cpuBefore, long start, long bytes) {
        double cpu = serverCpuMillis() - cpuBefore;
        double wall = (System.nanoTime() - start) / MILLION;
        System.out.printf(
                "%s %d alerts, %.1f MB: %.2f ms CPU per 1,000, %.0f ms CPU, %.0f ms%n",
                what, alerts, bytes / MILLION, cpu * 1000 / alerts, cpu, wall);
    }

    private static double serverCpuMillis() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && (thread.getThreadName().startsWith("http")
                            || thread.getThreadName().startsWith("ForkJoinPool"))) {
                nanos += threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos / MILLION;
    }

    private static byte[] post() {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < BATCH; i++) {
            body.append(i == 0 ? "" : ",").append("{\"labels\":{\"alertname\":\"HighLatency\"");
            for (int label = 1; label < 10; label++) {
                body.append(",\"label_")
                        .append(label)
                        .append("\":\"value-")
                        .append(label == 9 ? i : label)
                        .append('"');
            }
            body.append(
                            "},\"annotations\":{\"summary\":\"Latency is high\",\"description\":\"The latency of the service")
                    .append(" is above its objective\",\"runbook\":\"https://runbooks.example/latency\"},")
                    .append("\"startsAt\":\"2026-01-02T03:04:05.678Z\",\"endsAt\":\"2036-01-02T03:08:05.678Z\",")
                    .append("\"generatorURL\":\"http://prometheus.example:9090/graph?g0.expr=up&g0.tab=1\"}");
        }
        body.append(']');
        String head = "POST /api/v2/alerts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "User-Agent: Prometheus/3.0\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private static void fill(FakeHub hub) {
        Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
        LabelSet annotations = LabelSet.of(
                "summary", "Latency is high",
                "description", "The latency of the service is above its objective",
                "runbook", "https://runbooks.example/latency");
        List<AlertView> views = new ArrayList<>();
        for (int i = 0; i < ALERTS; i++) {
            String[] pairs = new String[20];
            pairs[0] = "alertname";
            pairs[1] = "HighLatency";
            for (int label = 1; label < 10; label++) {
                pairs[label * 2] = "label_" + label;
                pairs[label * 2 + 1] = "value-" + (label == 9 ? i : label);
            }
            Alert alert = new Alert(
                    LabelSet.ofPairs(pairs),
                    annotations,
                    now,
                    ZoneOffset.UTC,
                    now.plusSeconds(240),
                    ZoneOffset.UTC,
                    now,
                    "http://prometheus.example:9090/graph?g0.expr=up&g0.tab=1",
                    false);
            views.add(new AlertView(alert, List.of("team"), List.of(), List.of(), List.of()));
        }
        hub.alerts.addAll(views);
    }
}
