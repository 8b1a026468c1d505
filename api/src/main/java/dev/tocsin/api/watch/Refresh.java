package dev.tocsin.api.watch;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Workers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one picture like the hub. Single items are looked at soon after they were named; the whole is compared when its
 * stamp changes and now and then, because time alone changes states. A comparison never takes more than a small part of one
 * processor: the longer it takes, the rarer it is. Used on the hub loop only, the work runs on workers.
 */
final class Refresh<T> {
    private static final Duration WHOLE = Duration.ofSeconds(1);
    private static final int REST = 20;
    private static final int HASTE = 4;
    private static final int MAX_NAMED = 20_000;

    private final Logger log = LoggerFactory.getLogger(Refresh.class);
    private final Picture<T> picture;
    private final Callable<Collection<T>> all;
    private final Function<Set<Long>, Map<String, @Nullable T>> some;
    private final LongSupplier stamp;
    private final Clock clock;
    private final Workers workers;
    private Set<Long> named = new LinkedHashSet<>();
    private boolean running;
    private boolean filled;
    private boolean overflown;
    private long lastStamp;
    private long lastNanos;
    private long tookNanos;

    /**
     * Keeps {@code picture}.
     *
     * @param all gives all items
     * @param some gives the items with these fingerprints by key, null for those that are gone
     * @param stamp changes whenever all items had better be looked at
     */
    Refresh(
            Picture<T> picture,
            Callable<Collection<T>> all,
            Function<Set<Long>, Map<String, @Nullable T>> some,
            LongSupplier stamp,
            Clock clock,
            Workers workers) {
        this.picture = picture;
        this.all = all;
        this.some = some;
        this.stamp = stamp;
        this.clock = clock;
        this.workers = workers;
    }

    Picture<T> picture() {
        return picture;
    }

    /** The item with this fingerprint may have changed. */
    void name(long fingerprint) {
        if (named.size() < MAX_NAMED) {
            named.add(fingerprint);
        } else {
            overflown = true;
        }
    }

    /**
     * Does what is due; forgets everything when nobody watches.
     *
     * @param nextId the picture's number after it was forgotten
     */
    void tick(long nextId) {
        if (running) {
            return;
        }
        if (picture.watchers() == 0) {
            named.clear();
            filled = filled && !picture.forget(nextId);
            return;
        }
        long since = clock.nanoTime() - lastNanos;
        long now = stamp.getAsLong();
        boolean hurry = overflown || now != lastStamp;
        boolean due = since >= Math.max(WHOLE.toNanos(), REST * tookNanos) || (hurry && since >= HASTE * tookNanos);
        if (!filled || due) {
            lastStamp = now;
            named = new LinkedHashSet<>();
            overflown = false;
            lastNanos = clock.nanoTime();
            run(true, () -> picture.replace(all.call()));
        } else if (!named.isEmpty()) {
            Set<Long> asked = named;
            named = new LinkedHashSet<>();
            run(false, () -> picture.update(some.apply(asked)));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void run(boolean whole, Work work) {
        running = true;
        workers.submit(
                () -> {
                    work.run();
                    return true;
                },
                (done, failure) -> {
                    running = false;
                    filled |= failure == null;
                    if (whole) {
                        tookNanos = clock.nanoTime() - lastNanos;
                    }
                    if (failure != null) {
                        log.atError()
                                .addKeyValue("component", "watch")
                                .setCause(failure)
                                .log("Looking at what is watched failed");
                    }
                });
    }
}
