package dev.tocsin.api.watch;

import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.service.ServiceException.Fault;
import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journals of all nodes for many clients with one reader. A client's cursor is one number for each node, so it
 * means the same everywhere: whoever goes on at another node gets each entry of each node once, in order. Entries of a node
 * that does not answer come when it does. A client that is too far behind the shared tail reads for itself until it has
 * caught up.
 *
 * <p>The monitor of this object guards the tail and all places; nothing blocks while it is held.
 */
public final class JournalWatches {
    private static final int MOST = 2_000;
    private static final int BATCH = 64;
    private static final int READ = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BEAT = Duration.ofSeconds(10);
    /** Nodes that a cursor does not name: how much older than the beginning of the watch their entries may be. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final ClusterJournal journal;
    private final Clock clock;
    private final Scheduler loop;
    private final Set<View> views = ConcurrentHashMap.newKeySet();
    private Cancellable listening = Cancellable.NONE;
    private @Nullable JournalTail tail;
    private Instant since = Instant.MAX;
    private boolean running;
    private boolean reading;
    private boolean grown;

    /** Follows {@code journal} as long as somebody watches. */
    public JournalWatches(ClusterJournal journal, Clock clock, Scheduler loop, Metrics metrics) {
        this.journal = journal;
        this.clock = clock;
        this.loop = loop;
        metrics.gauge("tocsin_journal_watches", "Open watches of the journals.")
                .labels()
                .set(views::size);
    }

    /**
     * Watches the entries that pass the filter.
     *
     * @param cursor from a watch with whatever filter; empty for what is written from now on
     * @param wake called on any thread when {@link Watch#next} may give something; must not block
     * @throws ServiceException if the cursor is malformed, or too many watch
     */
    public Watch<JournalEntry> watch(JournalFilter filter, String cursor, Runnable wake) {
        View view = new View(filter, wake);
        if (!cursor.isEmpty()) {
            view.resume(cursor);
        }
        if (views.size() >= MOST) {
            throw new ServiceException(
                    Fault.EXHAUSTED,
                    "TOO_MANY_WATCHES",
                    "this node serves " + MOST + " watches already; end some or ask another node",
                    List.of());
        }
        views.add(view);
        loop.execute(this::begin);
        wake.run();
        return view;
    }

    private void begin() {
        synchronized (this) {
            if (running || views.isEmpty()) {
                return;
            }
            running = true;
            since = clock.now().minus(SLACK);
            listening = journal.listen(this::grown);
        }
        journal.query(JournalFilter.ALL, JournalCursor.NONE, 1, PATIENCE).whenComplete((page, failure) -> {
            synchronized (this) {
                tail = new JournalTail(page == null ? JournalCursor.NONE : page.newer());
            }
            wake();
            grown();
        });
        loop.schedule(BEAT, this::beat);
    }

    private void beat() {
        synchronized (this) {
            if (views.isEmpty()) {
                listening.cancel();
                running = false;
                tail = null;
                return;
            }
        }
        views.forEach(View::beat);
        grown();
        loop.schedule(BEAT, this::beat);
    }

    /** On the hub loop. */
    private void grown() {
        JournalCursor from;
        synchronized (this) {
            grown = true;
            JournalTail current = tail;
            if (reading || current == null) {
                return;
            }
            reading = true;
            grown = false;
            from = current.head();
        }
        journal.read(JournalFilter.ALL.between(since, null), from, READ, PATIENCE)
                .whenComplete((page, failure) -> {
                    boolean more;
                    synchronized (this) {
                        reading = false;
                        if (tail != null && page != null) {
                            tail.add(page.entries(), page.newer());
                        }
                        more = page != null && (page.more() || grown);
                        views.forEach(view -> view.stuck = false);
                    }
                    if (page != null && !page.entries().isEmpty()) {
                        wake();
                    }
                    if (more) {
                        grown();
                    }
                });
    }

    private void wake() {
        views.forEach(view -> view.wake.run());
    }

    /** One client's place. */
    private final class View implements Watch<JournalEntry> {
        private final JournalFilter filter;
        private final Runnable wake;
        private SortedMap<String, Long> place = new TreeMap<>();
        private long begunAt;
        private boolean begun;
        private boolean onTail;
        private boolean synced;
        private boolean asking;
        private boolean stuck;
        private boolean beatDue;
        private long number;
        private @Nullable JournalPage own;

        private View(JournalFilter filter, Runnable wake) {
            this.filter = filter;
            this.wake = wake;
            this.begunAt = clock.now().toEpochMilli();
        }

        private void resume(String cursor) {
            ByteBuffer in = Cursor.decode("journal", cursor);
            if (in.remaining() < Long.BYTES) {
                throw Cursor.bad();
            }
            begunAt = in.getLong();
            try {
                String text = StandardCharsets.US_ASCII.decode(in).toString();
                place = new TreeMap<>(JournalCursor.parse(text).offsets());
            } catch (IllegalArgumentException e) {
                throw Cursor.bad();
            }
            begun = true;
        }

        private void beat() {
            synchronized (JournalWatches.this) {
                beatDue = true;
            }
            wake.run();
        }

        @Override
        public @Nullable Batch<JournalEntry> next() {
            synchronized (JournalWatches.this) {
                JournalTail current = tail;
                if (current == null) {
                    return null;
                }
                if (!begun) {
                    begun = true;
                    place = new TreeMap<>(current.head().offsets());
                    number = current.end();
                    onTail = true;
                }
                Batch<JournalEntry> batch = own();
                if (batch == null) {
                    batch = shared(current);
                }
                if (batch == null && onTail && !synced) {
                    synced = true;
                    batch = plain(Batch.Kind.SYNCED);
                }
                if (batch == null && beatDue) {
                    batch = plain(Batch.Kind.HEARTBEAT);
                }
                beatDue = beatDue && batch == null;
                return batch;
            }
        }

        private Batch<JournalEntry> plain(Batch.Kind kind) {
            return new Batch<>(kind, cursor(), List.of(), List.of());
        }

        private String cursor() {
            byte[] text = new JournalCursor(place).text().getBytes(StandardCharsets.US_ASCII);
            return Cursor.encode(
                    "journal",
                    ByteBuffer.allocate(Long.BYTES + text.length)
                            .putLong(begunAt)
                            .put(text)
                            .array());
        }

        /** What this client has read for itself. */
        private @Nullable Batch<JournalEntry> own() {
            JournalPage page = own;
            if (page == null) {
                return null;
            }
            own = null;
            List<JournalEntry> entries = new ArrayList<>();
            for (JournalEntry entry : page.entries()) {
                if (isNew(entry)) {
                    entries.add(entry);
                }
            }
            for (Map.Entry<String, Long> node : page.newer().offsets().entrySet()) {
                place.merge(node.getKey(), node.getValue(), Math::max);
            }
            stuck = !page.more();
            return entries.isEmpty() ? null : new Batch<>(Batch.Kind.CHANGES, cursor(), entries, List.of());
        }

        private boolean isNew(JournalEntry entry) {
            Long at = place.get(entry.node());
            return at == null || entry.offset() >= at;
        }

        private @Nullable Batch<JournalEntry> shared(JournalTail current) {
            if (onTail && number < current.start()) {
                onTail = false;
            }
            if (!onTail && current.covers(place)) {
                onTail = true;
                number = current.start();
            }
            if (!onTail) {
                ask();
                return null;
            }
            while (number < current.end()) {
                List<JournalEntry> found = new ArrayList<>();
                for (JournalEntry entry : current.from(number, BATCH)) {
                    number++;
                    if (isNew(entry)) {
                        place.put(entry.node(), entry.offset() + 1);
                        if (filter.accepts(entry)) {
                            found.add(entry);
                        }
                    }
                }
                if (!found.isEmpty()) {
                    return new Batch<>(Batch.Kind.CHANGES, cursor(), found, List.of());
                }
            }
            return null;
        }

        private void ask() {
            if (asking || stuck) {
                return;
            }
            asking = true;
            Instant oldest = Instant.ofEpochMilli(begunAt).minus(SLACK);
            journal.read(filter.between(oldest, null), new JournalCursor(place), BATCH, PATIENCE)
                    .whenComplete((page, failure) -> {
                        synchronized (JournalWatches.this) {
                            asking = false;
                            own = page;
                            stuck = page == null;
                        }
                        wake.run();
                    });
        }

        @Override
        public void close() {
            views.remove(this);
        }
    }
}
