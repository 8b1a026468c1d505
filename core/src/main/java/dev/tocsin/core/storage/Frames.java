package dev.tocsin.core.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a log file: a header, then frames. A frame is length of the payload (4 bytes, big-endian), CRC-32C over
 * everything of the frame but itself (4 bytes), kind (1 byte), payload.
 *
 * <p>Two kinds: a record, and the sync mark without payload. A mark says that everything before it had reached the disk
 * when it was written. Recovery needs that to tell a torn end, which a loss of power may leave behind in any shape and
 * which nobody was promised, from damage to what was safe.
 */
final class Frames {
    /** The first bytes of each log file; the last one is the version. */
    static final byte[] HEADER = "TOCSINL1".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of a frame beside its payload. */
    static final int OVERHEAD = 9;

    /** The longest record, in bytes. */
    static final int MAX_RECORD = 16 << 20;

    static final byte RECORD = 'R';
    static final byte SYNC_MARK = 'S';

    private static final byte[] NO_PAYLOAD = {};

    private Frames() {}

    /** Puts a record's frame into {@code out}, which has room for it. */
    static void putRecord(ByteBuffer out, byte[] record) {
        put(out, RECORD, record);
    }

    /** Puts a sync mark into {@code out}. */
    static void putSyncMark(ByteBuffer out) {
        put(out, SYNC_MARK, NO_PAYLOAD);
    }

    /** The bytes of a sync mark, always the same. */
    static byte[] syncMark() {
        ByteBuffer mark = ByteBuffer.allocate(OVERHEAD);
        putSyncMark(mark);
        return mark.array();
    }

    private static void put(ByteBuffer out, byte kind, byte[] payload) {
        out.putInt(payload.length).putInt(checksum(kind, payload)).put(kind).put(payload);
    }

    /** The checksum of a frame. It covers the length, so that zeros are never a frame. */
    static int checksum(byte kind, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload.length >>> 24);
        crc.update(payload.length >>> 16);
        crc.update(payload.length >>> 8);
        crc.update(payload.length);
        crc.update(kind);
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }
}
