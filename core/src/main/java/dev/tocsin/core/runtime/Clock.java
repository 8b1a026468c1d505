package dev.tocsin.core.runtime;

import java.time.Instant;

/** The time of the world. Production reads the system's clocks; tests and the simulator move it by hand. */
public interface Clock {
    /** The wall clock, nanosecond precision as far as the system has it. It can jump. */
    Instant now();

    /** Nanoseconds since some fixed point. It never goes back; only differences mean something. */
    long nanoTime();
}
