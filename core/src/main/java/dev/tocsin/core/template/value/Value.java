package dev.tocsin.core.template.value;

/** A value of a template. Immutable; safe for all threads. */
public sealed interface Value
        permits Nil, Bool, Whole, Real, Imaginary, Text, Items, KeyValues, Dictionary, Structure, Moment, Place {
    /** The name of its Go type, as errors and {@code %T} show it. */
    String type();

    /** Whether {@code if} takes it for true: not false, zero, empty or nil. */
    boolean truth();
}
