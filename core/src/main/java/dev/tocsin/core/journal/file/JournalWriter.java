package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.Offsets;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.wire.WireBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts events into segments and keeps these within their bounds. One thread at a time writes; what readers see is guarded
 * by {@link #lock}, which is never held while the disk works.
 *
 * <p>A block that the disk refuses stays in memory, where readers find it, until it is full; then it is given up, and a
 * new segment begins with a gap in its place.
 */
final class JournalWriter {
    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
    /** How long a loss of power may reach back. */
    static final Duration SYNC = Duration.ofSeconds(1);

    private final Path folder;
    private final JournalOptions options;
    private final Clock clock;
    private final Arrivals arrivals;
    private final FileJournalMetrics metrics;
    private final Object lock = new Object();
    private final Shelf shelf;
    private final FrameWriter frames = new FrameWriter();
    private final List<String> reported = new ArrayList<>();
    private OpenSegment open;
    private boolean failing;
    private volatile boolean unsynced;
    private long syncedNanos;
    private volatile boolean closed;

    JournalWriter(
            Path folder,
            JournalOptions options,
            Clock clock,
            Arrivals arrivals,
            FileJournalMetrics metrics,
            Shelf shelf,
            long first) {
        this.folder = folder;
        this.options = options;
        this.clock = clock;
        this.arrivals = arrivals;
        this.metrics = metrics;
        this.shelf = shelf;
        this.open = new OpenSegment(folder, first, true, clock.now());
    }

    /**
     * All there is at one moment.
     *
     * @param segments oldest first; the last one is being written
     * @param first the number of the first event that is kept
     * @param next the number of the next event
     * @param forgotten until when events may be forgotten; null if none are
     */
    record View(
            List<OpenSegment.View> segments,
            long first,
            long next,
            @Nullable Instant forgotten) {}

    /** Reads what earlier lives have left; blocks. */
    void load() {
        try {
            Shelf.Found found = shelf.load();
            Instant now = clock.now();
            synchronized (lock) {
                shelf.put(found.segments());
                long last = found.segments().isEmpty()
                        ? 0
                        : found.segments().getLast().next();
                open = new OpenSegment(
                        folder,
                        Math.max(last + 1, Offsets.firstAt(now)),
                        found.segments().isEmpty(),
                        now);
            }
            if (found.interrupted() != null) {
                add(new HubEvent.Interrupted(found.interrupted()), now);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Takes events in and writes them; blocks. */
    void append(Arrivals.Batch batch) {
        for (Arrivals.Arrival arrival : batch.events()) {
            add(arrival.event(), arrival.at());
        }
        if (batch.lost() > 0 && batch.lostUntil() != null) {
            add(new HubEvent.Gap(batch.lost(), batch.lostUntil()), batch.lostUntil());
        }
        write();
        metrics.written.add(batch.events().size());
    }

    private void add(JournalEvent event, Instant at) {
        WireBuffer frame = frames.write(at, event);
        if (frame.length() > Frame.HEADER + Frame.MAX_EVENT) {
            lose(1, at);
            return;
        }
        synchronized (lock) {
            open.add(frame, event, at);
        }
        if (open.isFull()) {
            write();
            sealOrGiveUp(at);
        }
    }

    private void write() {
        try {
            open.write();
            unsynced = true;
            if (failing) {
                failing = false;
                log.atInfo().addKeyValue("component", "journal").log("The journal can be written again");
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void sealOrGiveUp(Instant at) {
        int unwritten = open.unwritten();
        if (unwritten == 0) {
            synchronized (lock) {
                open.seal();
            }
            if (open.bytes() >= options.segmentBytes()) {
                begin(at);
            }
            return;
        }
        long next = open.next();
        finish();
        synchronized (lock) {
            open = new OpenSegment(folder, next, false, at);
        }
        lose(unwritten, at);
    }

    /** Ends the segment, all of which is sealed, and begins another. */
    private void begin(Instant now) {
        long next = open.next();
        finish();
        synchronized (lock) {
            open = new OpenSegment(folder, next, false, now);
        }
    }

    private void lose(long events, Instant until) {
        metrics.dropped.add((double) events);
        arrivals.lose(events, until);
    }

    private void failed(IOException error) {
        metrics.errors.increment();
        if (!failing) {
            failing = true;
            log.atError()
                    .addKeyValue("component", "journal")
                    .addKeyValue("folder", folder)
                    .addKeyValue("err", error.toString())
                    .log("Cannot write the journal: notifications go on, but nobody will know why");
        }
    }

    /** Ends the segment that is being written, as far as the disk has it. */
    private void finish() {
        OpenSegment ended = open;
        Segment finished = ended.finished();
        try {
            ended.force();
            ended.close();
            if (!finished.blocks().isEmpty()) {
                finished.writeIndex();
            }
        } catch (IOException e) {
            failed(e);
        }
        if (!finished.blocks().isEmpty()) {
            synchronized (lock) {
                shelf.add(finished);
            }
        }
    }

    /** Syncs, begins a new segment and removes old ones when it is time; blocks. */
    void keepHouse() {
        long nanos = clock.nanoTime();
        if (unsynced && nanos - syncedNanos >= SYNC.toNanos()) {
            syncedNanos = nanos;
            unsynced = false;
            try {
                open.force();
            } catch (IOException e) {
                failed(e);
            }
        }
        Instant now = clock.now();
        boolean due = open.bytes() >= options.segmentBytes()
                || Duration.between(open.began(), now).compareTo(options.segmentAge()) >= 0;
        if (due && !open.isEmpty() && open.unwritten() == 0) {
            synchronized (lock) {
                open.seal();
            }
            begin(now);
        }
        List<Segment> old;
        synchronized (lock) {
            old = shelf.takeOld(now, open.bytes());
        }
        shelf.delete(old);
    }

    /** Whether the disk is still to be waited for. */
    boolean isUnsynced() {
        return unsynced && !closed;
    }

    /** Whether nothing can be written any more. */
    boolean isClosed() {
        return closed;
    }

    View view() {
        synchronized (lock) {
            List<OpenSegment.View> segments = new ArrayList<>();
            for (Segment segment : shelf.segments()) {
                segments.add(new OpenSegment.View(segment, null, ByteBuffer.allocate(0)));
            }
            segments.add(open.view());
            Segment oldest = segments.getFirst().segment();
            boolean all = oldest.start();
            return new View(segments, oldest.first(), open.next(), all ? null : began(oldest));
        }
    }

    private static Instant began(Segment segment) {
        return segment.blocks().isEmpty()
                ? segment.last()
                : Instant.ofEpochSecond(segment.blocks().getFirst().minSeconds());
    }

    long next() {
        synchronized (lock) {
            return open.next();
        }
    }

    long bytes() {
        synchronized (lock) {
            return shelf.bytes() + open.bytes();
        }
    }

    int segmentCount() {
        synchronized (lock) {
            return shelf.segments().size() + 1;
        }
    }

    /** Says once for each segment that a part of it cannot be read. Any thread. */
    void report(Segment segment, String error) {
        String name = segment.file().getFileName().toString();
        synchronized (lock) {
            if (reported.contains(name) || reported.size() >= Shelf.MOST_SEGMENTS) {
                return;
            }
            reported.add(name);
        }
        shelf.report(segment.file(), error);
    }

    /** Finishes the segment; blocks. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!open.isEmpty()) {
            synchronized (lock) {
                open.seal();
            }
            finish();
        }
    }
}
