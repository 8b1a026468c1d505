package dev.tocsin.core.wire;

import com.google.protobuf.WireFormat;
import dev.tocsin.core.label.LabelSet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The bytes of a protocol buffer message, written from the last one to the first: so the length of what is inside is known
 * when it has to be written, and nothing has to be measured or built before. Whoever wants fields in the order of their
 * numbers calls for the last one first. It grows with what is written. For one thread.
 */
public final class WireBuffer {
    /** The most that a tag and a number take. */
    private static final int HEAD = 15;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int from;

    /** @param first for how many bytes it has room before it has to grow */
    public WireBuffer(int first) {
        bytes = new byte[first];
        from = first;
    }

    /** Forgets what was written. */
    public void clear() {
        from = bytes.length;
    }

    /** How many bytes were written. */
    public int length() {
        return bytes.length - from;
    }

    /** The array that holds the bytes from {@link #start} to its end; another one once it has grown. */
    public byte[] array() {
        return bytes;
    }

    /** Where in {@link #array} the bytes begin. */
    public int start() {
        return from;
    }

    /** What is written; a copy. */
    public byte[] toByteArray() {
        byte[] copy = new byte[length()];
        System.arraycopy(bytes, from, copy, 0, copy.length);
        return copy;
    }

    /** Adds the bytes to {@code target}. */
    public void writeTo(ByteArrayOutputStream target) {
        target.write(bytes, from, length());
    }

    private void need(int more) {
        if (from < more) {
            int length = length();
            byte[] larger = new byte[Math.max(2 * bytes.length, length + more)];
            System.arraycopy(bytes, from, larger, larger.length - length, length);
            bytes = larger;
            from = larger.length - length;
        }
    }

    /** Bytes as they are. */
    public void raw(byte[] before) {
        need(before.length);
        put(before);
    }

    /** {@code count} bytes of any value, to be set in {@link #array}. */
    public void skip(int count) {
        need(count);
        from -= count;
    }

    /** Once more the {@code size} bytes that began when {@code lengthThen} bytes were written. */
    public void again(int lengthThen, int size) {
        need(size);
        System.arraycopy(bytes, bytes.length - lengthThen - size, bytes, from - size, size);
        from -= size;
    }

    /** A field that is a number and is left out if that is zero; a negative one takes ten bytes. */
    public void number(int field, long value) {
        if (value != 0) {
            need(HEAD);
            varint(value);
            varint(field << 3 | WireFormat.WIRETYPE_VARINT);
        }
    }

    /** A field of type {@code sint32} that is left out if it is zero. */
    public void signed(int field, int value) {
        number(field, Integer.toUnsignedLong((value << 1) ^ (value >> 31)));
    }

    /** A truth that is left out if it is false. */
    public void flag(int field, boolean value) {
        number(field, value ? 1 : 0);
    }

    /** A field that is a number of eight bytes and is left out if that is zero. */
    public void fixed(int field, long value) {
        if (value != 0) {
            packedFixed(value);
            need(HEAD);
            varint(field << 3 | WireFormat.WIRETYPE_FIXED64);
        }
    }

    /** A number of eight bytes, one of those that {@link #message} makes a packed field of. */
    public void packedFixed(long value) {
        need(HEAD);
        from -= Long.BYTES;
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[from + i] = (byte) (value >>> (i * Byte.SIZE));
        }
    }

    /** A field of type {@code Timestamp}. */
    public void time(int field, Instant time) {
        int before = length();
        number(2, time.getNano());
        number(1, time.getEpochSecond());
        message(field, before);
    }

    /** Makes all that was written since {@code lengthThen} bytes were a field that is a message. */
    public void message(int field, int lengthThen) {
        int size = length() - lengthThen;
        need(HEAD);
        head(field, size);
    }

    /** A field that is a text, also an empty one. */
    public void text(int field, String text) {
        text(field, utf8(text));
    }

    /** A field that is a text, as {@link #utf8} gives it, also an empty one. */
    public void text(int field, byte[] text) {
        need(HEAD + text.length);
        put(text);
        head(field, text.length);
    }

    /** A text's bytes as protocol buffers have them: what is not Unicode becomes a question mark. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A field that is a text, also an empty one.
     *
     * @param ascii whether all its characters are known to be ASCII, which saves looking for others and a copy
     */
    @SuppressWarnings("deprecation") // it is right for ASCII
    public void text(int field, String text, boolean ascii) {
        if (ascii) {
            int count = text.length();
            need(HEAD + count);
            from -= count;
            text.getBytes(0, count, bytes, from);
            head(field, count);
        } else {
            text(field, utf8(text));
        }
    }

    /** A repeated field of texts: all names and values in turn. */
    public void pairs(int field, LabelSet labels) {
        boolean ascii = labels.isAscii();
        for (int i = labels.size() - 1; i >= 0; i--) {
            text(field, labels.value(i), ascii);
            text(field, labels.name(i), ascii);
        }
    }

    /** A field that is a map of texts. */
    public void map(int field, LabelSet labels) {
        boolean ascii = labels.isAscii();
        for (int i = labels.size() - 1; i >= 0; i--) {
            int before = length();
            text(2, labels.value(i), ascii);
            text(1, labels.name(i), ascii);
            message(field, before);
        }
    }

    /** A field that is a fingerprint's 16 digits. */
    public void fingerprint(int field, long fingerprint) {
        int digits = Long.SIZE / 4;
        need(HEAD + digits);
        from -= digits;
        for (int i = 0; i < digits; i++) {
            bytes[from + i] = HEX[(int) (fingerprint >>> (Long.SIZE - 4 * (i + 1))) & 0xf];
        }
        head(field, digits);
    }

    private void put(byte[] before) {
        from -= before.length;
        System.arraycopy(before, 0, bytes, from, before.length);
    }

    private void head(int field, int size) {
        int tag = field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        if ((tag | size) < 0x80) {
            bytes[--from] = (byte) size;
            bytes[--from] = (byte) tag;
        } else {
            varint(size);
            varint(tag);
        }
    }

    private void varint(long value) {
        if ((value & ~0x7FL) == 0) {
            bytes[--from] = (byte) value;
            return;
        }
        from -= (70 - Long.numberOfLeadingZeros(value)) / 7;
        int at = from;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at] = (byte) rest;
    }
}
