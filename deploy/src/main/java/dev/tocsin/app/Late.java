package dev.tocsin.app;

import org.jspecify.annotations.Nullable;

/** Something that is there only once a step has been taken. A plain field to threads: whoever holds it says which may ask. */
final class Late<T> {
    private final String step;
    private @Nullable T value;

    /** @param step what has to be called before, for whoever has forgotten it */
    Late(String step) {
        this.step = step;
    }

    /** It is there from now on. */
    T set(T made) {
        value = made;
        return made;
    }

    /** It, or null as long as the step has not been taken. */
    @Nullable T orNull() {
        return value;
    }

    /** It; a programming error before the step has been taken. */
    T get() {
        T made = value;
        if (made == null) {
            throw new IllegalStateException(step + " first");
        }
        return made;
    }
}
