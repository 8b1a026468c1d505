package dev.tocsin.it.cluster;

import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Two Prometheus servers that see the same alerts, the second one a little later, and re-send what fires and what has
 * resolved. Its alerts are guarded by itself; each sender has a thread.
 */
public final class PrometheusPair implements AutoCloseable {
    private static final Duration RESEND = Duration.ofSeconds(2);
    private static final Duration SKEW = Duration.ofMillis(400);
    private static final int BATCH = 64;

    private record State(Instant since, boolean firing, Instant changed) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final Map<String, State> alerts = new TreeMap<>();
    private final Supplier<List<Api>> targets;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Thread> senders = new ArrayList<>();

    /** @param targets where each batch goes: every entry gets every batch */
    public PrometheusPair(Supplier<List<Api>> targets) {
        this.targets = targets;
        for (int sender = 0; sender < 2; sender++) {
            int number = sender;
            senders.add(Thread.ofVirtual().start(() -> run(number)));
        }
    }

    /** Lets alerts {@code instance = prefix + first …} fire. */
    public void fire(String prefix, int first, int count) {
        change(prefix, first, count, true);
    }

    /** Resolves them. */
    public void resolve(String prefix, int first, int count) {
        change(prefix, first, count, false);
    }

    private void change(String prefix, int first, int count, boolean firing) {
        Instant now = Instant.now();
        synchronized (alerts) {
            for (int i = first; i < first + count; i++) {
                State known = alerts.get(prefix + i);
                Instant since = known == null || (firing && !known.firing) ? now : known.since;
                alerts.put(prefix + i, new State(since, firing, now));
            }
        }
    }

    /** How many posts failed or were refused. */
    public int failures() {
        return refused.get();
    }

    private void run(int sender) {
        Map<String, Instant> sent = new TreeMap<>();
        while (!stopped.get()) {
            Instant now = Instant.now().minus(SKEW.multipliedBy(sender));
            List<String> due = new ArrayList<>();
            synchronized (alerts) {
                alerts.forEach((instance, state) -> {
                    Instant last = sent.get(instance);
                    boolean news = state.changed.isBefore(now) && (last == null || last.isBefore(state.changed));
                    if (news || (last != null && last.plus(RESEND).isBefore(now))) {
                        due.add(body(instance, state, now, sender));
                        sent.put(instance, now);
                    }
                });
            }
            for (int from = 0; from < due.size(); from += BATCH) {
                String batch = "[" + String.join(",", due.subList(from, Math.min(due.size(), from + BATCH))) + "]";
                for (Api target : targets.get()) {
                    Thread.ofVirtual().start(() -> post(target, batch));
                }
            }
            Pause.millis(100);
        }
    }

    private static String body(String instance, State state, Instant now, int sender) {
        Instant end = state.firing ? now.plusSeconds(60) : state.changed;
        return """
                {"labels":{"alertname":"Outage","instance":"%s"},"startsAt":"%s","endsAt":"%s",
                 "generatorURL":"http://prometheus-%d:9090/graph"}""".formatted(instance, state.since, end, sender);
    }

    private void post(Api target, String batch) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target.base() + "/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Prometheus/3.5.0")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(batch))
                .build();
        try {
            if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
                refused.incrementAndGet();
            }
        } catch (IOException e) {
            refused.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        for (Thread sender : senders) {
            try {
                sender.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        client.close();
    }
}
