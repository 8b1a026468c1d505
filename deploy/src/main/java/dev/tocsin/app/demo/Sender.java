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
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Plays one Prometheus of a pair: posts what fires again and again to all nodes, and with it for some rounds what has ended.
 * Its own thread makes all posts, one after the other, so that none overtakes another and what ends together is posted
 * together; the maps are guarded by this object.
 */
final class Sender implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** How long an end is told again, for nodes that did not hear it. */
    private static final Duration ENDED = Duration.ofSeconds(10);

    private final HttpClient client;
    private final List<URI> targets;
    private final String name;
    private final Duration skew;
    private final Map<String, Instant> firing = new TreeMap<>();
    private final Map<String, Outage> ended = new TreeMap<>();
    private boolean news;
    private final Thread thread;

    private record Outage(Instant start, Instant end) {}

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
        for (String one : labels) {
            firing.put(one, now);
            ended.remove(one);
        }
        news = true;
        notifyAll();
    }

    /** All these stop firing at once, if they did fire, and their end is posted. */
    synchronized void resolve(List<String> labels) {
        Instant now = Instant.now();
        for (String one : labels) {
            Instant since = firing.remove(one);
            if (since != null) {
                ended.put(one, new Outage(since, now));
            }
        }
        news = true;
        notifyAll();
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

    /** Waits for the next round; true if something began or ended before it. */
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
        Instant now = Instant.now();
        ended.values().removeIf(outage -> outage.end().plus(ENDED).isBefore(now));
        StringJoiner out = new StringJoiner(",", "[", "]");
        firing.forEach((labels, since) -> out.add(alert(labels, since, now.plus(Duration.ofMinutes(4)))));
        ended.forEach((labels, outage) -> out.add(alert(labels, outage.start(), outage.end())));
        return out.toString();
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
