package dev.tocsin.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what a loss of power would leave, and fails on demand. Not safe for several threads.
 */
final class MemoryDisk implements Disk {
    private final Map<String, MemoryFile> files = new HashMap<>();
    private final Map<String, MemoryFile> savedNames = new HashMap<>();
    private @Nullable IOException failure;
    private @Nullable IOException forceFailure;
    private long room = Long.MAX_VALUE;

    /** Lets every change fail, until told null. */
    void failWith(@Nullable IOException error) {
        failure = error;
    }

    /** Lets every sync fail and lose what it should have saved, until told null. */
    void failSyncsWith(@Nullable IOException error) {
        forceFailure = error;
    }

    /** Lets writes fail when files together would hold more than {@code bytes}; what has room is written. */
    void room(long bytes) {
        room = bytes;
    }

    /** What is on the disk after a loss of power, with the first {@code unsynced} bytes of each unsynced end. */
    void losePower(int unsynced) {
        files.clear();
        savedNames.forEach((name, file) -> {
            file.losePower(unsynced);
            files.put(name, file);
        });
    }

    /** Another disk with the same files, all of them synced. */
    MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk();
        files.forEach((name, file) -> copy.put(name, file.content()));
        return copy;
    }

    /** The bytes of a file. */
    byte[] content(String name) {
        return file(name).content();
    }

    /** Damages or replaces a file behind the storage's back. */
    void put(String name, byte[] content) {
        MemoryFile file = new MemoryFile();
        file.fill(content);
        files.put(name, file);
        savedNames.put(name, file);
    }

    boolean exists(String name) {
        return files.containsKey(name);
    }

    private MemoryFile file(String name) {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no file " + name + " among " + files.keySet());
        }
        return file;
    }

    private void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public @Nullable DiskFile open(String name) {
        return files.get(name);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        check();
        MemoryFile file = new MemoryFile();
        files.put(name, file);
        return file;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        check();
        files.put(to, file(from));
        files.remove(from);
    }

    @Override
    public void syncFolder() throws IOException {
        check();
        savedNames.clear();
        savedNames.putAll(files);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public String path(String name) {
        return "memory/" + name;
    }

    @Override
    public void close() {}

    private long used() {
        long used = 0;
        for (MemoryFile file : files.values()) {
            used += file.size();
        }
        return used;
    }

    /** Grows in steps, and shares what is saved with what is written as long as they are the same. */
    private final class MemoryFile implements DiskFile {
        private byte[] written = {};
        private int length;
        private int savedLength;
        /** What is saved; null if it is the beginning of what is written. */
        private byte @Nullable [] saved;

        /** All of it is saved. */
        void fill(byte[] content) {
            written = content.clone();
            length = content.length;
            savedLength = length;
            saved = null;
        }

        byte[] content() {
            return Arrays.copyOf(written, length);
        }

        void losePower(int unsynced) {
            if (length > savedLength && unsynced > 0) {
                fill(Arrays.copyOf(written, Math.min(length, savedLength + unsynced)));
            } else {
                fill(saved == null ? Arrays.copyOf(written, savedLength) : saved);
            }
        }

        private void changeFrom(int position) {
            if (position < savedLength && saved == null) {
                saved = Arrays.copyOf(written, savedLength);
            }
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            if (position >= length) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), length - position);
            into.put(written, (int) position, count);
            return count;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            check();
            int start = (int) position;
            long growth = Math.max(0, start + from.remaining() - length);
            int count = (int) Math.min(from.remaining(), from.remaining() - growth + Math.max(0, room - used()));
            changeFrom(start);
            if (start + count > written.length) {
                written = Arrays.copyOf(written, Math.max(start + count, 2 * written.length));
            }
            length = Math.max(length, start + count);
            from.get(written, start, count);
            if (from.hasRemaining()) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            check();
            if (size < length) {
                changeFrom((int) size);
                Arrays.fill(written, (int) size, length, (byte) 0);
                length = (int) size;
            }
        }

        @Override
        public void force() throws IOException {
            check();
            if (forceFailure != null) {
                throw forceFailure;
            }
            savedLength = length;
            saved = null;
        }

        @Override
        public void close() {}
    }
}
