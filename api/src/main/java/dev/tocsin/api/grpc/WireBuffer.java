package dev.tocsin.api.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a protocol buffer message while it is written; it grows with them. For one thread. */
final class WireBuffer {
    /** It grows when fewer bytes than this would be left: the most that two numbers take. */
    static final int SLACK = 20;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /** @param first how many bytes it has room for before it has to grow */
    WireBuffer(int first) {
        bytes = new byte[first];
    }

    /** Empties it. */
    void clear() {
        length = 0;
    }

    /** What was written, of which {@link #length()} bytes count. */
    byte[] array() {
        return bytes;
    }

    /** How many bytes were written. */
    int length() {
        return length;
    }

    /** How many more go in before it has to grow. */
    int room() {
        return bytes.length - length;
    }

    private void need(int more) {
        if (room() < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** A field that is a number; a negative one takes ten bytes. */
    void number(int field, long value) {
        need(SLACK);
        varint(field << 3 | WireFormat.WIRETYPE_VARINT);
        varint(value);
    }

    /** What stands before a field of {@code size} bytes, which are to be written next. */
    void begin(int field, int size) {
        need(SLACK + size);
        varint(field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
        varint(size);
    }

    /** A field that is a message. */
    void message(int field, WireBuffer message) {
        begin(field, message.length);
        append(message.bytes, message.length);
    }

    /** A field that is a text. */
    void text(int field, String text) {
        text(field, utf8(text));
    }

    /** A field that is a text, as {@link #utf8} gives it. */
    void text(int field, byte[] text) {
        begin(field, text.length);
        append(text, text.length);
    }

    /** A text's bytes as protocol buffers have them: what is not Unicode becomes a question mark. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A field that is a fingerprint's 16 digits. */
    void fingerprint(int field, long fingerprint) {
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
    static int fieldSize(int field, int size) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }
}
