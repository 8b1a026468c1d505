package dev.tocsin.core.yaml;

import org.jspecify.annotations.Nullable;

/** Makes a value out of the source text of a scalar. */
@FunctionalInterface
public interface TextDecoder<T extends @Nullable Object> {
    /**
     * The value that {@code text} stands for.
     *
     * @throws InvalidValueException if it stands for none
     */
    T decode(String text) throws InvalidValueException;
}
