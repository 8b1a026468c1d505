package dev.tocsin.app.runtime;

import dev.tocsin.core.runtime.Clock;
import java.time.Instant;

/** The clocks of the machine. */
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
