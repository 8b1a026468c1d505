package dev.tocsin.cluster.atomix;

import java.util.function.Supplier;

/**
 * Keeps what Atomix fails to read from looking like a failure of the machine: Kryo makes an array as long as the message
 * says, and goes as deep. Stateless.
 */
final class Unread {
    /** What Atomix's own messages are called; it reads them on its own threads, never on the hub loop. */
    static final String OF_ATOMIX = "atomix-membership-";

    private Unread() {}

    /** @throws IllegalArgumentException if there is no such memory, or no such stack */
    static <T> T refused(Supplier<T> handling) {
        try {
            return handling.get();
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw new IllegalArgumentException("too large or too deep", e);
        }
    }
}
