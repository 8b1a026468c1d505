package dev.tocsin.core.journal.file;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.codec.EventCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one event in a segment, big-endian: length of the event (4), CRC-32C over everything but itself (4), number
 * of the type (4), nanoseconds (4) and seconds (8) of its time, key of the receiver (4), key of the group (4), bits of its
 * alerts (8), then the event. What a filter asks most stands in front, so that a search reads few events.
 */
@SuppressWarnings(
        "ByteBufferBackingArray") // every buffer here is allocated by this package, from offset 0 of its array
final class Frame {
    /** Bytes in front of the event. */
    static final int HEADER = 40;

    /** The longest event, in bytes: a larger one is not kept. */
    static final int MAX_EVENT = 8 << 20;

    private static final int CRC = 4;
    private static final int TYPE = 8;
    private static final int NANOS = 12;
    private static final int SECONDS = 16;
    private static final int RECEIVER = 24;
    private static final int GROUP = 28;
    private static final int ALERTS = 32;

    private Frame() {}

    /**
     * Writes what stands in front of an event.
     *
     * @param bytes has room for the header, followed by the event
     * @param start where that is
     * @param length of the header and the event
     * @param alertBits of all its alerts
     */
    static void seal(byte[] bytes, int start, int length, Instant at, JournalEvent event, long alertBits) {
        putInt(bytes, start, length - HEADER);
        putInt(bytes, start + TYPE, event.type().number());
        putInt(bytes, start + NANOS, at.getNano());
        putLong(bytes, start + SECONDS, at.getEpochSecond());
        putInt(bytes, start + RECEIVER, Keys.receiver(event));
        putInt(bytes, start + GROUP, Keys.group(event));
        putLong(bytes, start + ALERTS, alertBits);
        putInt(bytes, start + CRC, checksum(bytes, start, length));
    }

    private static void putLong(byte[] bytes, int at, long value) {
        putInt(bytes, at, (int) (value >>> Integer.SIZE));
        putInt(bytes, at + Integer.BYTES, (int) value);
    }

    private static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    private static int checksum(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, CRC);
        crc.update(bytes, start + TYPE, length - TYPE);
        return (int) crc.getValue();
    }

    /** The length of the frame at {@code start}; -1 if none that ends before {@code end} can be there. */
    static int length(ByteBuffer bytes, int start, int end) {
        if (end - start < HEADER) {
            return -1;
        }
        int content = bytes.getInt(start);
        return content < 0 || content > MAX_EVENT || content > end - start - HEADER ? -1 : HEADER + content;
    }

    /** Whether the frame is as it was written. */
    static boolean isWhole(ByteBuffer bytes, int start, int length) {
        return bytes.getInt(start + CRC) == checksum(bytes.array(), start, length);
    }

    /** The event's time. */
    static Instant at(ByteBuffer bytes, int start) {
        try {
            return Instant.ofEpochSecond(bytes.getLong(start + SECONDS), bytes.getInt(start + NANOS));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    static long seconds(ByteBuffer bytes, int start) {
        return bytes.getLong(start + SECONDS);
    }

    static int type(ByteBuffer bytes, int start) {
        return bytes.getInt(start + TYPE);
    }

    /** Whether the filter may want the event; its time is not looked at. */
    static boolean mayFit(ByteBuffer bytes, int start, Search search) {
        int number = bytes.getInt(start + TYPE);
        if (number == EventType.GAP.number()) {
            return true;
        }
        if (!search.wantsType(number)) {
            return false;
        }
        int receiver = bytes.getInt(start + RECEIVER);
        if (search.receiver() != Keys.NONE && receiver != search.receiver() && receiver != Keys.SEVERAL) {
            return false;
        }
        if (search.group() != Keys.NONE && bytes.getInt(start + GROUP) != search.group()) {
            return false;
        }
        return (bytes.getLong(start + ALERTS) & search.alertBits()) == search.alertBits();
    }

    /**
     * The event; null if it is of a kind that only a later version knows.
     *
     * @throws IOException if the bytes are none
     */
    static @Nullable JournalEvent event(ByteBuffer bytes, int start, int length) throws IOException {
        if (EventType.of(bytes.getInt(start + TYPE)) == null) {
            return null;
        }
        ByteString content = UnsafeByteOperations.unsafeWrap(bytes.array(), start + HEADER, length - HEADER);
        return EventCodec.decode(content);
    }

    /**
     * What a filter means for frames and blocks.
     *
     * @param receiver the receiver's key or {@link Keys#NONE}
     * @param group the group's key or {@link Keys#NONE}
     */
    record Search(JournalFilter filter, int receiver, int group, long alertBits, long types, long moreTypes) {
        static Search of(JournalFilter filter) {
            long[] types = new long[2];
            for (EventType type : filter.types()) {
                types[type.number() >>> 6] |= 1L << type.number();
            }
            if (filter.types().isEmpty()) {
                types[0] = -1;
                types[1] = -1;
            } else {
                types[EventType.GAP.number() >>> 6] |= 1L << EventType.GAP.number();
            }
            return new Search(
                    filter,
                    filter.receiver() == null ? Keys.NONE : Keys.of(filter.receiver()),
                    filter.groupKey() == null ? Keys.NONE : Keys.of(filter.groupKey()),
                    filter.fingerprint() == null ? 0 : Keys.alertBits(filter.fingerprint()),
                    types[0],
                    types[1]);
        }

        boolean wantsType(int number) {
            return number >= 0 && number < 128 && ((number < 64 ? types : moreTypes) >>> number & 1) != 0;
        }
    }
}
