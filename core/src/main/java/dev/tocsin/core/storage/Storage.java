package dev.tocsin.core.storage;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The node's disk. Production keeps files below the storage folder; the simulator keeps bytes in memory and forgets on
 * a crash what was not synced. Methods without callback block: call them at start, at stop, or on a worker.
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
     * @throws CorruptLogException if something is damaged that had reached the disk before something behind it was
     *     written; the message names the file, the offset and what can be done
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
         * @param done hears null when {@code durability} is reached, else why it was not. A disk that fails is logged
         *     once, counted, and told to each append; the log keeps the record, within a bound, and writes it as soon as
         *     the disk works again
         */
        void append(byte[] record, Durability durability, Consumer<@Nullable IOException> done);

        /**
         * Bytes appended since the last {@link #rewrite}, or all bytes if there was none since the log was opened; tells
         * when a rewrite is due.
         */
        long sizeBytes();

        /**
         * Replaces everything appended before this call by {@code records}, atomically: a crash finds the old log or the
         * new one. Later appends follow the records and do not wait for the rewrite. One at a time.
         *
         * @param records read later, on the log's own thread: they must not change
         * @param done hears null when the new log is on the disk, else why the old one stays
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
