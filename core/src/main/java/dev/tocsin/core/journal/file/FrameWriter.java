package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.codec.EventWriter;
import dev.tocsin.core.wire.WireBuffer;
import java.time.Instant;
import java.util.function.LongConsumer;

/** Makes {@link Frame}s of events, one after the other in the same bytes. For one thread. */
final class FrameWriter {
    /** What a large event leaves behind is not kept for the small ones. */
    private static final int MOST_KEPT = 64 << 10;

    private final EventWriter events = new EventWriter();
    private final LongConsumer add = this::add;
    private WireBuffer frame = new WireBuffer(1 << 10);
    private long bits;

    /** The event's frame, until the next call. */
    WireBuffer write(Instant at, JournalEvent event) {
        if (frame.array().length > MOST_KEPT) {
            frame = new WireBuffer(1 << 10);
        }
        frame.clear();
        events.write(event, frame);
        frame.skip(Frame.HEADER);
        bits = 0;
        event.alerts(add);
        Frame.seal(frame.array(), frame.start(), frame.length(), at, event, bits);
        return frame;
    }

    private void add(long fingerprint) {
        bits |= Keys.alertBits(fingerprint);
    }
}
