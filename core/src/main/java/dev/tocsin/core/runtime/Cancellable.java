package dev.tocsin.core.runtime;

/** Something under way that can be called off. Any thread may call it; the second call does nothing. */
@FunctionalInterface
public interface Cancellable {
    /** Does nothing. */
    Cancellable NONE = () -> {};

    /** Calls it off, if it has not ended already. */
    void cancel();
}
