package dev.tocsin.core.trace;

/** Where a span stands in its trace, for spans of other traces to which it led. Immutable; equal for the same span. */
public interface SpanLink {}
