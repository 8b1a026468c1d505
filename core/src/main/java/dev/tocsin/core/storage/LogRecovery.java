package dev.tocsin.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a log file at start and repairs its end. Used once, by one thread. */
final class LogRecovery {
    private static final int BUFFER = 256 << 10;

    private final Logger log = LoggerFactory.getLogger(LogRecovery.class);
    private final Disk.DiskFile file;
    private final String path;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    /** Where in the file the buffer's first byte stands. */
    private long bufferStart;

    LogRecovery(Disk.DiskFile file, String path) {
        this.file = file;
        this.path = path;
    }

    /**
     * Hands the records to {@code reader} and cuts a torn end.
     *
     * @return the length of the file, all of it on the disk
     */
    long run(Consumer<byte[]> reader) throws IOException {
        checkHeader();
        long good = readFrames(reader);
        long size = file.size();
        if (good < size) {
            if (markBehind(good)) {
                throw new Storage.CorruptLogException(
                        "the log " + path + " is damaged at offset " + good + " of " + size
                                + ": the bytes there are no record, although what stands behind them shows that they had"
                                + " been saved. Check the disk, then restore the file from a backup; or move it away to start"
                                + " without what it holds");
            }
            log.atWarn()
                    .addKeyValue("component", "storage")
                    .addKeyValue("file", path)
                    .addKeyValue("offset", good)
                    .addKeyValue("bytes", size - good)
                    .log("Cut the torn end of a log, left behind by a crash");
            file.truncate(good);
        }
        file.force();
        return good;
    }

    private void checkHeader() throws IOException {
        long size = file.size();
        if (!fill(0, Frames.HEADER.length) || !startsWithHeader()) {
            throw new Storage.CorruptLogException("the file " + path + " (" + size + " bytes) is not a log of this"
                    + " version of Tocsin: it does not begin with "
                    + new String(Frames.HEADER, StandardCharsets.US_ASCII)
                    + ". Move it away to start without what it holds");
        }
    }

    private boolean startsWithHeader() {
        byte[] start = new byte[Frames.HEADER.length];
        buffer.get(start);
        return Arrays.equals(start, Frames.HEADER);
    }

    /** Reads frames until one is not whole; returns where it begins. */
    private long readFrames(Consumer<byte[]> reader) throws IOException {
        long at = Frames.HEADER.length;
        while (fill(at, Frames.OVERHEAD)) {
            int length = buffer.getInt();
            int checksum = buffer.getInt();
            byte kind = buffer.get();
            if (length < 0 || length > Frames.MAX_RECORD || length > file.size() - at - Frames.OVERHEAD) {
                return at;
            }
            byte[] payload = new byte[length];
            readFully(at + Frames.OVERHEAD, payload);
            if (Frames.checksum(kind, payload) != checksum) {
                return at;
            }
            if (kind == Frames.RECORD) {
                reader.accept(payload);
            }
            at += Frames.OVERHEAD + length;
        }
        return at;
    }

    /** Whether a sync mark stands anywhere behind {@code start}. */
    private boolean markBehind(long start) throws IOException {
        byte[] mark = Frames.syncMark();
        for (long at = start; fill(at, mark.length); at++) {
            int i = 0;
            while (i < mark.length && buffer.get() == mark[i]) {
                i++;
            }
            if (i == mark.length) {
                return true;
            }
        }
        return false;
    }

    /** Places the buffer at {@code at} with {@code count} bytes to read; false if the file ends before. */
    private boolean fill(long at, int count) throws IOException {
        if (at < bufferStart || at + count > bufferStart + buffer.limit()) {
            buffer.clear();
            while (buffer.position() < count) {
                if (file.read(buffer, at + buffer.position()) < 0) {
                    break;
                }
            }
            buffer.flip();
            bufferStart = at;
        }
        buffer.position((int) (at - bufferStart));
        return buffer.remaining() >= count;
    }

    private void readFully(long at, byte[] into) throws IOException {
        if (into.length <= BUFFER) {
            if (!fill(at, into.length)) {
                throw new IOException("cannot read " + path + " at offset " + at);
            }
            buffer.get(into);
            return;
        }
        ByteBuffer target = ByteBuffer.wrap(into);
        while (target.hasRemaining()) {
            if (file.read(target, at + target.position()) < 0) {
                throw new IOException("cannot read " + path + " at offset " + (at + target.position()));
            }
        }
    }
}
