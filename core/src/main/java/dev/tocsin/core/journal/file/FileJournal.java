package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.journal.JournalReader;
import dev.tocsin.core.journal.Offsets;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The journal on disk. Events wait in a bounded queue until a writer, which runs on an executor some milliseconds later,
 * puts them into a segment: whoever appends never waits for the disk. Safe for all threads.
 *
 * <p>A journal is no state: nothing is decided by it, so what cannot be read is left out, what cannot be written is
 * dropped, both show as gaps, and neither stops anything.
 */
public final class FileJournal implements Journal, JournalReader, AutoCloseable {
    /** Events are written so long after the first of a batch: a writer for each would cost more than the writing. */
    static final Duration BATCH = Duration.ofMillis(5);

    private static final Duration HOUSEKEEPING = Duration.ofHours(1);

    private final String node;
    private final Clock clock;
    private final Scheduler loop;
    private final Executor executor;
    private final Arrivals arrivals = new Arrivals();
    private final FileJournalMetrics metrics;
    private final JournalWriter writer;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean syncPlanned = new AtomicBoolean();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final Object writing = new Object();
    private Cancellable housekeeping = Cancellable.NONE;

    /**
     * Opens the journal in {@code folder}, which is created if it is missing. What is there is read on {@code executor};
     * questions wait for it.
     *
     * @param node the node's name
     * @param executor runs tasks that block
     */
    public FileJournal(
            String node,
            Path folder,
            JournalOptions options,
            Clock clock,
            Scheduler loop,
            Executor executor,
            Metrics registry) {
        this.node = node;
        this.clock = clock;
        this.loop = loop;
        this.executor = executor;
        this.metrics = new FileJournalMetrics(registry, arrivals::size, this::lag, this::bytes, this::segments);
        this.writer = new JournalWriter(
                folder,
                options,
                clock,
                arrivals,
                metrics,
                new Shelf(folder, options, metrics),
                Offsets.firstAt(clock.now()));
        woken.set(true);
        executor.execute(() -> {
            synchronized (writing) {
                writer.load();
                loaded.countDown();
            }
            work();
        });
        keepHouse();
    }

    private void keepHouse() {
        housekeeping = loop.schedule(HOUSEKEEPING, () -> {
            wake();
            keepHouse();
        });
    }

    @Override
    public void append(JournalEvent event) {
        if (!arrivals.add(clock.now(), event)) {
            metrics.dropped.increment();
        }
        wake();
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            loop.schedule(BATCH, () -> executor.execute(this::work));
        }
    }

    private void work() {
        boolean grown = false;
        synchronized (writing) {
            woken.set(false);
            if (writer.isClosed()) {
                return; // a task that was under way when the journal was closed
            }
            Arrivals.Batch batch = arrivals.take();
            if (!batch.isEmpty()) {
                writer.append(batch);
                grown = true;
            }
            writer.keepHouse();
        }
        if (grown) {
            listeners.forEach(Runnable::run);
        }
        if (writer.isUnsynced() && syncPlanned.compareAndSet(false, true)) {
            loop.schedule(JournalWriter.SYNC, () -> {
                syncPlanned.set(false);
                wake();
            });
        }
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public long next() {
        return writer.next();
    }

    @Override
    public JournalPage query(JournalFilter filter, JournalCursor before, int limit) {
        JournalReader.checkLimit(limit);
        JournalWriter.View view = view();
        long bound = before.at(node).orElse(view.next());
        long newer = Math.max(view.first(), Math.min(bound, view.next()));
        Lookup lookup = new Lookup(node, Frame.Search.of(filter), limit, false, writer::report);
        List<OpenSegment.View> segments = view.segments();
        for (int i = segments.size() - 1; i >= 0 && !lookup.more(); i--) {
            if (segments.get(i).segment().first() < bound) {
                lookup.search(segments.get(i), 0, bound);
            }
        }
        if (view.forgotten() != null && view.first() - 1 < bound) {
            lookup.gap(view.first() - 1, -1, view.forgotten());
        }
        List<JournalEntry> found = lookup.found();
        long older = lookup.more() ? found.getLast().offset() : 0;
        return new JournalPage(
                found, JournalCursor.of(node, older), JournalCursor.of(node, newer), lookup.more(), Map.of());
    }

    @Override
    public JournalPage read(JournalFilter filter, JournalCursor from, int limit) {
        JournalReader.checkLimit(limit);
        JournalWriter.View view = view();
        long start = from.at(node).orElse(0);
        Lookup lookup = new Lookup(node, Frame.Search.of(filter), limit, true, writer::report);
        if (view.forgotten() != null && view.first() - 1 >= start) {
            lookup.gap(view.first() - 1, -1, view.forgotten());
        }
        for (OpenSegment.View segment : view.segments()) {
            if (lookup.more()) {
                break;
            }
            if (segment.segment().damaged() || segment.segment().next() > start) {
                lookup.search(segment, start, Long.MAX_VALUE);
            }
        }
        long newer = lookup.more() ? lookup.found().getLast().offset() + 1 : Math.max(start, view.next());
        return new JournalPage(lookup.found(), from, JournalCursor.of(node, newer), lookup.more(), Map.of());
    }

    private JournalWriter.View view() {
        try {
            loaded.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the journal is opened", e);
        }
        return writer.view();
    }

    @Override
    public Cancellable listen(Runnable grown) {
        listeners.add(grown);
        return () -> listeners.remove(grown);
    }

    private double lag() {
        Instant oldest = arrivals.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.now()).toNanos() / 1e9);
    }

    private double bytes() {
        return writer.bytes();
    }

    private double segments() {
        return writer.segmentCount();
    }

    /** Writes what waits, finishes the segment and takes nothing any more; blocks. */
    @Override
    public void close() {
        housekeeping.cancel();
        synchronized (writing) {
            arrivals.close();
            Arrivals.Batch batch = arrivals.take();
            if (!batch.isEmpty()) {
                writer.append(batch);
            }
            writer.close();
        }
    }
}
