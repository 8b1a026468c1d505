package dev.tocsin.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Plays one Prometheus of a pair: posts what fires again and again to all nodes, and posts an end when something stops
 * firing. Its own thread posts; the map of what fires is guarded by this object.
 */
final class Sender implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final HttpClient client;
    private final List<URI> targets;
    private final String name;
    private final Duration skew;
    private final Map<String, Instant> firing = new TreeMap<>();
    private boolean news;
    private final Thread thread;

    /**
     * @param hub the base addresses of the hub's nodes
     * @param name shows in the generator URL, as the two servers of a pair differ there
     * @param skew how far this sender lags behind the other
     */
    Sender(HttpClient client, List<String> hub, String name, Duration skew) {
        this.client = client;
        this.targets =
                hub.stream().map(url -> URI.create(url + "/api/v2/alerts")).toList();
        this.name = name;
        this.skew = skew;
        this.thread = Thread.ofVirtual().name("sender-" + name).start(this::run);
    }

    /** Something begins to fire and is posted at once; {@code labels} are the inner parts of JSON objects. */
    synchronized void fire(List<String> labels) {
        Instant now = Instant.now();
        labels.forEach(one -> firing.put(one, now));
        news = true;
        notifyAll();
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
            while (true) {
                String body = body();
                if (!body.equals("[]")) {
                    post(body);
                }
                if (awaitNews()) {
                    Thread.sleep(skew);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the demonstration is over
        }
    }

    /** Waits for the next round; true if something began to fire before it. */
    private synchronized boolean awaitNews() throws InterruptedException {
        long deadline = System.nanoTime() + EVERY.toNanos();
        while (!news) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        news = false;
        return true;
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
        targets.forEach(target -> post(target, body));
    }

    private void post(URI target, String body) {
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
