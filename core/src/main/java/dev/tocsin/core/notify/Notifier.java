package dev.tocsin.core.notify;

import java.time.Instant;

/** One built integration of a receiver: knows how to send one notification. Safe for many threads. */
public interface Notifier extends AutoCloseable {
    /**
     * Sends once, without retrying. Blocks; runs on a worker, never on the hub loop. Interruption ends the attempt at
     * once and closes its socket.
     *
     * @param deadline when the attempt must be over, whatever its own timeouts are
     * @return what came of it; failures are values, not exceptions
     * @throws InterruptedException if the attempt was called off; whether the receiver accepted is not known
     */
    Outcome send(Notification notification, Instant deadline) throws InterruptedException;

    /** Frees connections; the notifier is not used afterwards. */
    @Override
    void close();
}
