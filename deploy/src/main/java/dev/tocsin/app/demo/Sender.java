package dev.tocsin.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays one Prometheus of a pair: posts what fires again and again, and posts an end when something stops firing. Its
 * own thread posts; the map of what fires is guarded by this object.
 */
final class Sender implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final HttpClient client;
    private final URI target;
    private final String name;
    private final Duration skew;
    private final Map<String, Instant> firing = new TreeMap<>();
    private final Thread thread;

    /**
     * @param hub the hub's base address
     * @param name shows in the generator URL, as the two servers of a pair differ there
     * @param skew how far this sender lags behind the other
     */
    Sender(HttpClient client, String hub, String name, Duration skew) {
        this.client = client;
        this.target = URI.create(hub + "/api/v2/alerts");
        this.name = name;
        this.skew = skew;
        this.thread = Thread.ofVirtual().name("sender-" + name).start(this::run);
    }

    /** Something begins to fire; {@code labels} are the inner part of a JSON object. */
    synchronized void fire(String labels) {
        firing.put(labels, Instant.now());
    }

    /** Something stops firing: its end is posted once. */
    void resolve(String labels) {
        Instant since;
        synchronized (this) {
            since = firing.remove(labels);
        }
        if (since != null) {
            post("[" + alert(labels, since, Instant.now()) + "]");
        }
    }

    private void run() {
        try {
            Thread.sleep(skew);
            while (true) {
                String body = body();
                if (!body.equals("[]")) {
                    post(body);
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the demonstration is over
        }
    }

    private synchronized String body() {
        StringBuilder out = new StringBuilder("[");
        firing.forEach((labels, since) -> out.append(out.length() > 1 ? "," : "")
                .append(alert(labels, since, Instant.now().plus(Duration.ofMinutes(4)))));
        return out.append(']').toString();
    }

    private String alert(String labels, Instant since, Instant end) {
        return "{\"labels\":{" + labels + "},\"annotations\":{\"summary\":\"played by the demonstration\"},"
                + "\"startsAt\":\"" + since + "\",\"endsAt\":\"" + end + "\","
                + "\"generatorURL\":\"http://prometheus-" + name + ".example:9090/graph\"}";
    }

    private void post(String body) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Prometheus/3.5.0")
                .timeout(Duration.ofSeconds(5))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            // as Prometheus does: the next round posts again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
