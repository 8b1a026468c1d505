package dev.tocsin.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The file of a log, and what is known about its end. Used under the log's lock. */
final class LogFile implements AutoCloseable {
    private static final int SMALL_BUFFER = 64 << 10;

    private final Disk disk;
    private final String name;
    private Disk.DiskFile file;
    private ByteBuffer buffer = ByteBuffer.allocate(SMALL_BUFFER);
    /** The end of the last whole group. */
    private long end;
    /** How much of it is on the disk. */
    private long synced;
    /** Where the last sync mark ends. */
    private long marked;
    /** Whether a part of a failed write may stand behind {@link #end}. */
    private boolean torn;
    /** Whether a failed sync may have dropped what stands behind {@link #synced}. */
    private boolean doubtful;
    /** Whether the file's name is not on the disk yet. */
    private boolean renamed;

    /** @param end the file's length, all of it on the disk */
    LogFile(Disk disk, String name, Disk.DiskFile file, long end) {
        this.disk = disk;
        this.name = name;
        this.file = file;
        this.end = end;
        this.synced = end;
        this.marked = Frames.HEADER.length;
    }

    /** The file as people find it. */
    String path() {
        return disk.path(name);
    }

    /** The file's length, failed writes not counted. */
    long end() {
        return end;
    }

    /** Whether a loss of power could cost something. */
    boolean unsynced() {
        return synced < end || renamed;
    }

    /** Writes records behind the others, in one go: all of them, or none in the eyes of a later reader. */
    void write(List<byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        boolean mark = end == synced && end != marked;
        fill(records, mark);
        int count = buffer.remaining();
        torn = true;
        file.write(buffer, end);
        torn = false;
        if (mark) {
            marked = end + Frames.OVERHEAD;
        }
        end += count;
        if (buffer.capacity() > SMALL_BUFFER) {
            buffer = ByteBuffer.allocate(SMALL_BUFFER);
        }
    }

    private void fill(List<byte[]> records, boolean mark) {
        int needed = mark ? Frames.OVERHEAD : 0;
        for (byte[] record : records) {
            needed += Frames.OVERHEAD + record.length;
        }
        if (buffer.capacity() < needed) {
            buffer = ByteBuffer.allocate(needed);
        }
        buffer.clear();
        if (mark) {
            Frames.putSyncMark(buffer);
        }
        for (byte[] record : records) {
            Frames.putRecord(buffer, record);
        }
        buffer.flip();
    }

    /** Returns when everything written survives a loss of power. */
    void sync() throws IOException {
        if (renamed) {
            disk.syncFolder();
            renamed = false;
        }
        if (synced < end) {
            doubtful = true;
            file.force();
            doubtful = false;
            synced = end;
        }
    }

    /**
     * Undoes the traces of a failure: cuts what a failed write left behind, and writes again what a failed sync may have
     * dropped, since systems forget after reporting it once.
     */
    void repair() throws IOException {
        if (torn) {
            file.truncate(end);
            torn = false;
        }
        if (!doubtful) {
            return;
        }
        long at = synced;
        while (at < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            int count = file.read(buffer, at);
            if (count < 0) {
                throw new IOException(path() + " is shorter than what was written to it");
            }
            file.write(buffer.flip(), at);
            at += count;
        }
    }

    /** Goes on in the file that {@code rewrite} made. */
    void replaceBy(LogRewrite rewrite) throws IOException {
        Disk.DiskFile old = file;
        file = rewrite.finish(old, end);
        end = rewrite.end();
        synced = end;
        marked = Frames.HEADER.length;
        renamed = true;
        old.close();
        sync();
    }

    /** Syncs, marks that, and closes. */
    @Override
    public void close() throws IOException {
        try (Disk.DiskFile closing = file) {
            repair();
            sync();
            if (end != marked) {
                closing.write(ByteBuffer.wrap(Frames.syncMark()), end);
                closing.force();
            }
        }
    }
}
