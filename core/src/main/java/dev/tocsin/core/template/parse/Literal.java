package dev.tocsin.core.template.parse;

/**
 * What a number means. A literal has no type of its own: {@code 1e3} is 1000 where an integer is needed.
 *
 * @param type what it is where nothing else is asked for
 * @param integral whether {@code whole} holds its value
 * @param real its value as a floating point number; the imaginary part of an imaginary one
 */
public record Literal(Type type, boolean integral, long whole, double real) {
    /** What a number is by itself. */
    public enum Type {
        INTEGER,
        REAL,
        IMAGINARY,
        /** Fits into 64 bits without a sign only, so that it is no integer. */
        UNSIGNED
    }
}
