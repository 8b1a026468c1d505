package dev.tocsin.core.store.silence;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The silences in memory and the questions about them. Written on the hub loop only; any thread may read. */
final class SilenceTable {
    private final Clock clock;
    private final SilenceMetrics metrics;
    private final Map<String, Silence> silences = new ConcurrentHashMap<>();
    private final SilenceIndex index = new SilenceIndex();
    private final AtomicLong version = new AtomicLong();

    SilenceTable(Clock clock, SilenceMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The silence with this id, or null; not counted as a query. */
    @Nullable Silence get(String id) {
        return silences.get(id);
    }

    /** All silences, as they are at any moment of the iteration. */
    Collection<Silence> all() {
        return silences.values();
    }

    /** Keeps a version in the place of the one with its id. */
    void put(Silence silence, Instant now) {
        silences.put(silence.id(), silence);
        if (Silences.state(silence, now) == Silence.State.EXPIRED) {
            index.remove(silence.id());
        } else {
            index.put(silence);
        }
        version.incrementAndGet();
    }

    /** As {@link Silences#version}. */
    long version() {
        return version.get();
    }

    /** Forgets what has reached the end of its retention. */
    void collect() {
        long begun = clock.nanoTime();
        Instant now = clock.now();
        silences.values().removeIf(silence -> {
            if (Silences.state(silence, now) == Silence.State.EXPIRED) {
                index.remove(silence.id());
            }
            return !silence.expiresAt().isAfter(now);
        });
        version.incrementAndGet();
        metrics.gcSeconds.observe(secondsSince(begun));
    }

    /** Forgets what is as {@code goes} says. */
    void removeIf(Predicate<Silence> goes) {
        silences.values().removeIf(silence -> {
            boolean gone = goes.test(silence);
            if (gone) {
                index.remove(silence.id());
            }
            return gone;
        });
        version.incrementAndGet();
    }

    private double secondsSince(long begun) {
        return (clock.nanoTime() - begun) / 1e9;
    }

    /** Brings the gauges up to date. */
    void count() {
        int active = 0;
        int pending = 0;
        int expired = 0;
        Instant now = clock.now();
        for (Silence silence : silences.values()) {
            switch (Silences.state(silence, now)) {
                case ACTIVE -> active++;
                case PENDING -> pending++;
                case EXPIRED -> expired++;
            }
        }
        metrics.active.set(active);
        metrics.pending.set(pending);
        metrics.expired.set(expired);
        metrics.stateSize.set(silences.size());
        metrics.versionIndexSize.set(silences.size());
        metrics.matcherIndexSize.set(index.size());
    }

    /** As {@link Silences#find}. */
    @Nullable Silence find(String id) {
        long begun = clock.nanoTime();
        Silence found = silences.get(id);
        queried(begun, found == null ? 0 : 1);
        if (found == null) {
            metrics.queryErrors.increment();
        }
        return found;
    }

    private void queried(long begun, int scanned) {
        metrics.queries.increment();
        metrics.scanned.add(scanned);
        metrics.skipped.add(Math.max(0, silences.size() - scanned));
        metrics.querySeconds.observe(secondsSince(begun));
    }

    /** As {@link Silences#list}. */
    List<Silence> list(List<Matcher> filter) {
        long begun = clock.nanoTime();
        List<Silence> found = new ArrayList<>();
        int scanned = 0;
        for (Silence silence : silences.values()) {
            scanned++;
            if (hasAll(silence, filter)) {
                found.add(silence);
            }
        }
        found.sort(new SilenceOrder(clock.now()));
        queried(begun, scanned);
        return found;
    }

    private static boolean hasAll(Silence silence, List<Matcher> filter) {
        for (Matcher wanted : filter) {
            boolean has = false;
            for (List<Matcher> set : silence.matcherSets()) {
                has |= set.contains(wanted);
            }
            if (!has) {
                return false;
            }
        }
        return true;
    }

    /** As {@link Silences#silencedBy}. */
    List<String> silencedBy(LabelSet labels, Instant now) {
        long begun = clock.nanoTime();
        List<Silence> found = new ArrayList<>(1);
        int scanned = index.candidates(labels, silence -> {
            if (Silences.state(silence, now) == Silence.State.ACTIVE
                    && silence.matches(labels)
                    && !found.contains(silence)) {
                found.add(silence);
            }
        });
        queried(begun, scanned);
        if (found.isEmpty()) {
            return List.of();
        }
        found.sort(new SilenceOrder(now));
        return found.stream().map(Silence::id).toList();
    }
}
