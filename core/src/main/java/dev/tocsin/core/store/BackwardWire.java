package dev.tocsin.core.store;

import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes a protobuf message from its last byte to its first, so that the length of what is inside is known when it has to
 * be written, and no message has to be built or measured before. Used by one thread.
 */
final class BackwardWire {
    private static final int FIRST_SIZE = 1 << 14;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int from = FIRST_SIZE;

    /** How many bytes are written. */
    int written() {
        return bytes.length - from;
    }

    /** What is written; a copy. */
    byte[] toByteArray() {
        byte[] copy = new byte[written()];
        System.arraycopy(bytes, from, copy, 0, copy.length);
        return copy;
    }

    private void room(int size) {
        if (from >= size) {
            return;
        }
        int written = written();
        byte[] larger = new byte[Math.max(2 * bytes.length, written + size)];
        System.arraycopy(bytes, from, larger, larger.length - written, written);
        bytes = larger;
        from = larger.length - written;
    }

    private void varint(long value) {
        int size = (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
        room(size);
        from -= size;
        int at = from;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at] = (byte) rest;
    }

    private void tag(int field, int type) {
        varint((long) field << 3 | type);
    }

    /** A number that is left out if it is zero. */
    void number(int field, long value) {
        if (value != 0) {
            varint(value);
            tag(field, WireFormat.WIRETYPE_VARINT);
        }
    }

    /** A number of type {@code sint32} that is left out if it is zero. */
    void signed(int field, int value) {
        number(field, Integer.toUnsignedLong(value << 1 ^ value >> 31));
    }

    /** A truth that is left out if it is false. */
    void flag(int field, boolean value) {
        number(field, value ? 1 : 0);
    }

    /** A text, also an empty one. */
    void text(int field, String value) {
        if (!value.isEmpty()) {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            room(encoded.length);
            from -= encoded.length;
            System.arraycopy(encoded, 0, bytes, from, encoded.length);
            varint(encoded.length);
        } else {
            varint(0);
        }
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    /** Once more the {@code size} bytes that began when {@code writtenThen} bytes were written. */
    void again(int writtenThen, int size) {
        room(size);
        System.arraycopy(bytes, bytes.length - writtenThen - size, bytes, from - size, size);
        from -= size;
    }

    /** A message of type {@code Timestamp}. */
    void time(int field, Instant time) {
        int before = written();
        number(2, time.getNano());
        number(1, time.getEpochSecond());
        message(field, before);
    }

    /** Makes all that was written since {@code before} bytes were a message. */
    void message(int field, int before) {
        varint(written() - (long) before);
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }
}
