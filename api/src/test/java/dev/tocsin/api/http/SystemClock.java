package dev.tocsin.api.http;

import dev.tocsin.core.runtime.Clock;
import java.time.Instant;

/** The clocks of the system, for tests over real sockets. */
public final class SystemClock implements Clock {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
