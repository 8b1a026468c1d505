package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.JournalEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that wait to be written: bounded in number and bytes; what does not fit is counted. Guarded by its own lock. */
final class Arrivals {
    /** More events do not wait. */
    static final int MOST_EVENTS = 1 << 16;

    /** Nor more bytes, by the events' own estimate. */
    static final long MOST_BYTES = 32 << 20;

    /** An event and when it came. */
    record Arrival(Instant at, JournalEvent event) {}

    /**
     * Some events in their order.
     *
     * @param lost how many came after them and did not fit, or had been taken before and could not be kept
     * @param lostUntil when the last of these came; null if there are none
     */
    record Batch(long lost, @Nullable Instant lostUntil, List<Arrival> events) {
        boolean isEmpty() {
            return lost == 0 && events.isEmpty();
        }
    }

    private List<Arrival> waiting = new ArrayList<>();
    private long bytes;
    private long lost;
    private @Nullable Instant lostUntil;
    private boolean closed;

    /** Takes an event; returns whether it fits. If not, it is counted. */
    synchronized boolean add(Instant at, JournalEvent event) {
        int size = event.sizeBytes();
        if (closed) {
            return false;
        }
        // once something is lost, all is until the writer comes: else the gap would have no place
        if (lost > 0 || waiting.size() >= MOST_EVENTS || bytes + size > MOST_BYTES) {
            lost++;
            lostUntil = at;
            return false;
        }
        waiting.add(new Arrival(at, event));
        bytes += size;
        return true;
    }

    /** Counts events that were taken and could not be kept after all. */
    synchronized void lose(long events, Instant until) {
        lost += events;
        lostUntil = until;
    }

    /** All that waits. */
    synchronized Batch take() {
        Batch batch = new Batch(lost, lostUntil, waiting);
        waiting = new ArrayList<>();
        bytes = 0;
        lost = 0;
        lostUntil = null;
        return batch;
    }

    /** Takes nothing any more. */
    synchronized void close() {
        closed = true;
    }

    synchronized int size() {
        return waiting.size();
    }

    /** When the event that waits longest came; null if none waits. */
    synchronized @Nullable Instant oldest() {
        return waiting.isEmpty() ? null : waiting.getFirst().at();
    }
}
