package dev.tocsin.core.storage;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What waits in the queue of a log, in order. */
sealed interface Waiting {
    /** A record to be written. */
    final class Append implements Waiting {
        final byte[] bytes;
        final Storage.Durability durability;
        /** Null if who appended has been told already. */
        final @Nullable Consumer<@Nullable IOException> done;

        Append(byte[] bytes, Storage.Durability durability, @Nullable Consumer<@Nullable IOException> done) {
            this.bytes = bytes;
            this.durability = durability;
            this.done = done;
        }

        /** The same record, for which nobody waits any more. */
        Append told() {
            return new Append(bytes, durability, null);
        }
    }

    /**
     * A wish for a shorter log.
     *
     * @param covered the log's size when it was asked for, in bytes
     */
    record Rewrite(Iterable<byte[]> records, long covered, Consumer<@Nullable IOException> done) implements Waiting {}
}
