package dev.tocsin.core.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a protocol buffer message while it is written. It grows with them. For one thread. */
public final class WireBuffer {
    /** It grows when fewer bytes than this would be left: the most that two numbers take. */
    public static final int SLACK = 20;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /** @param first for how many bytes it has room before it has to grow */
    public WireBuffer(int first) {
        bytes = new byte[first];
    }

    /** Keeps only the first {@code count} bytes. */
    public void truncate(int count) {
        length = count;
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    /** How many bytes more there is room for. */
    public int room() {
        return bytes.length - length;
    }

    /** The array that holds the {@link #length} bytes, and garbage behind them; another one once it has grown. */
    public byte[] array() {
        return bytes;
    }

    /** Writes the bytes to {@code target}. */
    public void writeTo(OutputStream target) throws IOException {
        target.write(bytes, 0, length);
    }

    private void need(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** Bytes as they are. */
    public void raw(byte[] more) {
        need(more.length);
        append(more, more.length);
    }

    /** {@code count} bytes of any value, to be set in {@link #array}. */
    public void skip(int count) {
        need(count);
        length += count;
    }

    /** A field that is a number; a negative one takes ten bytes. */
    public void number(int field, long value) {
        need(SLACK);
        varint(field << 3 | WireFormat.WIRETYPE_VARINT);
        varint(value);
    }

    /** A field that is a number of eight bytes. */
    public void fixed(int field, long value) {
        need(SLACK);
        varint(field << 3 | WireFormat.WIRETYPE_FIXED64);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** What stands before a field of {@code size} bytes, which are to be written next. */
    public void begin(int field, int size) {
        need(SLACK + size);
        int tag = field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        if ((tag | size) < 0x80) {
            bytes[length] = (byte) tag;
            bytes[length + 1] = (byte) size;
            length += 2;
        } else {
            varint(tag);
            varint(size);
        }
    }

    /** A field that is a message. */
    public void message(int field, WireBuffer message) {
        begin(field, message.length);
        append(message.bytes, message.length);
    }

    /** A field that is a text. */
    public void text(int field, String text) {
        text(field, utf8(text));
    }

    /** A field that is a text, as {@link #utf8} gives it. */
    public void text(int field, byte[] text) {
        begin(field, text.length);
        append(text, text.length);
    }

    /** A text's bytes as protocol buffers have them: what is not Unicode becomes a question mark. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A repeated field of texts: all names and values in turn. */
    public void pairs(int field, LabelSet labels) {
        boolean ascii = labels.isAscii();
        for (int i = 0; i < labels.size(); i++) {
            text(field, labels.name(i), ascii);
            text(field, labels.value(i), ascii);
        }
    }

    /** A field that is a map of texts. */
    public void map(int field, LabelSet labels) {
        boolean ascii = labels.isAscii();
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            String value = labels.value(i);
            if (ascii) {
                begin(field, fieldSize(1, name.length()) + fieldSize(2, value.length()));
                text(1, name, true);
                text(2, value, true);
            } else {
                byte[] key = utf8(name);
                byte[] text = utf8(value);
                begin(field, fieldSize(1, key.length) + fieldSize(2, text.length));
                text(1, key);
                text(2, text);
            }
        }
    }

    /** @param ascii whether all its characters are known to be ASCII, which saves looking for others and a copy */
    @SuppressWarnings("deprecation") // it is right for ASCII
    private void text(int field, String text, boolean ascii) {
        if (ascii) {
            int count = text.length();
            begin(field, count);
            text.getBytes(0, count, bytes, length);
            length += count;
        } else {
            text(field, utf8(text));
        }
    }

    /** A field that is a fingerprint's 16 digits. */
    public void fingerprint(int field, long fingerprint) {
        begin(field, 2 * Long.BYTES);
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (fingerprint >>> shift) & 0xf];
        }
    }

    private void append(byte[] more, int count) {
        System.arraycopy(more, 0, bytes, length, count);
        length += count;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** How many bytes a field of {@code size} bytes takes. */
    public static int fieldSize(int field, int size) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }
}
