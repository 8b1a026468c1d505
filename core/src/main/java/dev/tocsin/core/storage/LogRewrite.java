package dev.tocsin.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;

/**
 * A shorter copy of a log in the making, beside the log. The log goes on meanwhile; what it takes in after the rewrite
 * was asked for is copied behind the new records at the end. Used under the log's lock.
 */
final class LogRewrite {
    /** Bytes written in one step; appends wait no longer than that takes. */
    private static final int STEP = 1 << 20;

    /** Bytes after which the copy is synced, so that the last sync is short. */
    private static final long SYNC_EVERY = 8L << 20;

    private final Disk disk;
    private final String name;
    private final Iterator<byte[]> records;
    private final long tailStart;
    private final Disk.DiskFile file;
    private ByteBuffer buffer = ByteBuffer.allocate(STEP);
    private long end;
    private long synced;

    /** @param tailStart where in the log the appends begin that the records do not cover */
    LogRewrite(Disk disk, String name, Iterable<byte[]> records, long tailStart) throws IOException {
        this.disk = disk;
        this.name = name;
        this.records = records.iterator();
        this.tailStart = tailStart;
        this.file = disk.create(temporary(name));
        buffer.put(Frames.HEADER);
    }

    /** The copy's file name. */
    static String temporary(String name) {
        return name + ".new";
    }

    /** Writes some records; false when none is left. */
    boolean step() throws IOException {
        while (records.hasNext()) {
            byte[] record = records.next();
            int needed = Frames.OVERHEAD + record.length;
            if (record.length == 0 || record.length > Frames.MAX_RECORD) {
                throw new IOException("a record of " + record.length + " bytes");
            }
            if (buffer.remaining() < needed) {
                flush();
                if (buffer.capacity() < needed) {
                    buffer = ByteBuffer.allocate(needed);
                }
                Frames.putRecord(buffer, record);
                return true;
            }
            Frames.putRecord(buffer, record);
        }
        flush();
        return false;
    }

    private void flush() throws IOException {
        buffer.flip();
        int count = buffer.remaining();
        file.write(buffer, end);
        end += count;
        buffer.clear();
        if (end - synced > SYNC_EVERY) {
            file.force();
            synced = end;
        }
    }

    /**
     * Copies the tail of {@code log}, which ends at {@code logEnd}, and takes the log's place. The folder is not synced.
     *
     * @return the new file, all of its bytes on the disk
     */
    Disk.DiskFile finish(Disk.DiskFile log, long logEnd) throws IOException {
        long at = tailStart;
        while (at < logEnd) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), logEnd - at));
            int count = log.read(buffer, at);
            if (count < 0) {
                throw new IOException("the log ends at " + at + ", not at " + logEnd);
            }
            at += count;
            flush();
        }
        file.force();
        disk.rename(temporary(name), name);
        return file;
    }

    /** The copy's length in bytes. */
    long end() {
        return end;
    }

    /** Gives up; the log stays as it is. */
    void abandon() {
        try {
            file.close();
            disk.delete(temporary(name));
        } catch (IOException e) {
            // The next rewrite begins with an empty file in any case.
        }
    }
}
