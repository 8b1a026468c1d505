package dev.tocsin.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One folder of files, as little as logs and snapshots need of it. Names are plain file names. All methods may block;
 * one thread at a time uses one file.
 */
interface Disk extends AutoCloseable {
    /** Opens an existing file for reading and writing; null if there is none. */
    @Nullable DiskFile open(String name) throws IOException;

    /** Opens a file for reading and writing, empty. */
    DiskFile create(String name) throws IOException;

    /** Gives a file another name, replacing what has it, at once or not at all. */
    void rename(String from, String to) throws IOException;

    /** Returns when creations, renames and deletions survive a loss of power. */
    void syncFolder() throws IOException;

    /** Removes a file if it is there. */
    void delete(String name) throws IOException;

    /** The file as people find it, for messages. */
    String path(String name);

    @Override
    void close() throws IOException;

    /** An open file. */
    interface DiskFile extends AutoCloseable {
        /** Its length in bytes. */
        long size() throws IOException;

        /** Reads some bytes at {@code position}, at least one unless the buffer is full; -1 at the end of the file. */
        int read(ByteBuffer into, long position) throws IOException;

        /** Writes all of {@code from} at {@code position}. A failure may leave a part written. */
        void write(ByteBuffer from, long position) throws IOException;

        /** Drops what is behind {@code size}. */
        void truncate(long size) throws IOException;

        /** Returns when everything written survives a loss of power. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
