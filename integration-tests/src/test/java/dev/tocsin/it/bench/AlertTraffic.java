package dev.tocsin.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Posts alerts as Prometheus does: batches of 64, ten labels, three annotations, an end some minutes ahead. */
public final class AlertTraffic {
    private static final int BATCH = 64;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;
    private final Instant start = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);

    /** @param base the address of a node */
    public AlertTraffic(String base) {
        target = URI.create(base + "/api/v2/alerts");
    }

    /** Posts the alerts numbered {@code 0} to {@code count - 1} once. */
    public void post(int count) {
        Instant end = Instant.now().plusSeconds(1200).truncatedTo(ChronoUnit.MILLIS);
        for (int first = 0; first < count; first += BATCH) {
            StringBuilder body = new StringBuilder(40_000).append('[');
            for (int i = first; i < Math.min(count, first + BATCH); i++) {
                if (i > first) {
                    body.append(',');
                }
                append(body, i, end);
            }
            send(body.append(']').toString());
        }
    }

    private void append(StringBuilder out, int i, Instant end) {
        int instance = i % 2000;
        out.append("{\"annotations\":{\"description\":\"Pod pod-").append(i);
        out.append(" in namespace ns-").append(i % 50).append(" has been restarting for 15 minutes\",");
        out.append("\"runbook_url\":\"https://runbooks.example/alert/KubePodCrashLooping\",");
        out.append("\"summary\":\"Pod is crash looping\"},");
        out.append("\"endsAt\":\"")
                .append(end)
                .append("\",\"startsAt\":\"")
                .append(start)
                .append("\",");
        out.append(
                "\"generatorURL\":\"http://prometheus.example:9090/graph?g0.expr=rate%28restarts%5B15m%5D%29&g0.tab=1\",");
        out.append("\"labels\":{\"alertname\":\"Alert").append(i % 40).append("\",\"cluster\":\"eu-1\",");
        out.append("\"container\":\"app\",\"env\":\"production\",\"instance\":\"10.0.")
                .append(instance / 250);
        out.append('.').append(instance % 250).append(":8080\",\"job\":\"kube-state-metrics\",");
        out.append("\"namespace\":\"ns-")
                .append(i % 50)
                .append("\",\"pod\":\"pod-")
                .append(i)
                .append("\",");
        out.append("\"severity\":\"warning\",\"team\":\"team-").append(i % 20).append("\"}}");
    }

    private void send(String body) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Prometheus/3.5.0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** GETs {@code path} and returns the bytes of the answer. */
    public long get(String path) {
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(target.resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode());
            }
            return answer.body().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
