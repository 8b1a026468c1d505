package dev.tocsin.core.event;

import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;

/**
 * The events that wait for a request, and how they become bodies: one each, or as a list of many. Bounded in events and in
 * bytes. Used on the hub loop only.
 */
final class WebhookBuffer {
    /** How many events may wait. */
    static final int MAX_EVENTS = 8192;

    /** How many bytes may wait. */
    static final long MAX_BYTES = 32L << 20;

    private static final long BATCH_EVENTS = 100;
    private static final long BATCH_BYTES = 1L << 20;

    /**
     * The body of a request.
     *
     * @param json not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, never compared
    record Body(byte[] json, int events) {}

    private final boolean batch;
    private final int fullEvents;
    private final long fullBytes;
    private final ArrayDeque<EventLine> waiting = new ArrayDeque<>();
    private long bytes;

    WebhookBuffer(WebhookOutput config) {
        this.batch = config.batch();
        this.fullEvents = (int) Math.min(positive(config.batchMaxEvents(), BATCH_EVENTS), MAX_EVENTS);
        this.fullBytes = Math.min(positive(config.batchMaxBytes(), BATCH_BYTES), MAX_BYTES);
    }

    private static long positive(long configured, long otherwise) {
        return configured > 0 ? configured : otherwise;
    }

    /** Takes an event; false if there is no room. */
    boolean add(EventLine line) {
        if (waiting.size() >= MAX_EVENTS || (bytes > 0 && bytes + line.json().length > MAX_BYTES)) {
            return false;
        }
        waiting.add(line);
        bytes += line.json().length;
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether a body need not wait for more events. */
    boolean isFull() {
        return !waiting.isEmpty() && (!batch || waiting.size() >= fullEvents || listBytes() >= fullBytes);
    }

    /** The size of a list of all that wait. */
    private long listBytes() {
        return bytes + waiting.size() + 1;
    }

    /** The next body; call it only if something waits. An event that is larger than the bound goes out alone. */
    Body take() {
        if (!batch) {
            return new Body(next(), 1);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int events = 0;
        do {
            body.write(events == 0 ? '[' : ',');
            body.writeBytes(next());
            events++;
        } while (events < fullEvents && fits(body));
        body.write(']');
        return new Body(body.toByteArray(), events);
    }

    private boolean fits(ByteArrayOutputStream body) {
        EventLine next = waiting.peek();
        return next != null && body.size() + 2L + next.json().length <= fullBytes;
    }

    private byte[] next() {
        byte[] json = waiting.remove().json();
        bytes -= json.length;
        return json;
    }

    /** Forgets what waits and tells how many events that were. */
    int clear() {
        int events = waiting.size();
        waiting.clear();
        bytes = 0;
        return events;
    }
}
