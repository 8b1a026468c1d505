package dev.tocsin.core.storage;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The node's disk. Production keeps files below the storage folder; the simulator keeps bytes in memory and forgets on
 * a crash what was not synced. Methods without callback may block and are called at start and stop only.
 */
public interface Storage extends AutoCloseable {
    /** How much must have happened before an append counts as done. */
    enum Durability {
        /** Handed to the operating system: survives the death of the process. Synced within a second. */
        WRITTEN,
        /** On the disk: survives the loss of power. Appends of a few milliseconds share one sync. */
        SYNCED
    }

    /**
     * Opens the append log called {@code name}, cutting a torn tail, and hands every record in it to {@code reader}, oldest
     * first.
     *
     * @throws CorruptLogException if a record other than the last one is damaged; the message names the file, the offset
     *     and what can be done
     */
    RecordLog openLog(String name, Consumer<byte[]> reader) throws IOException;

    /** The content of a whole file, or null if there is none. */
    byte @Nullable [] readFile(String name) throws IOException;

    /** Replaces a whole file: writes beside it, syncs, renames, syncs the folder. */
    void writeFile(String name, byte[] content) throws IOException;

    @Override
    void close() throws IOException;

    /** An append log. The hub loop calls it; {@code done} runs on the hub loop. */
    interface RecordLog extends AutoCloseable {
        /**
         * Appends a record. Never blocks; records keep their order.
         *
         * @param done hears null when {@code durability} is reached, else why it could not be. A full disk is reported
         *     once per append, logged and counted; the log goes on with the next append that works
         */
        void append(byte[] record, Durability durability, Consumer<@Nullable IOException> done);

        /** Bytes appended since the last {@link #rewrite}; tells when a rewrite is due. */
        long sizeBytes();

        /**
         * Replaces everything appended before this call by {@code records}, atomically. Later appends follow them. The
         * records are read on the log's own thread.
         */
        void rewrite(Iterable<byte[]> records, Consumer<@Nullable IOException> done);

        /** Syncs and closes. */
        @Override
        void close() throws IOException;
    }

    /** The middle of a log is damaged. */
    final class CorruptLogException extends IOException {
        private static final long serialVersionUID = 1L;

        /** @param message file, offset, what was expected, what to do */
        public CorruptLogException(String message) {
            super(message);
        }
    }
}
