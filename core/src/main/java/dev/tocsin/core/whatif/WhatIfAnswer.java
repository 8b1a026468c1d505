package dev.tocsin.core.whatif;

/** What came of a question what would be if. */
public sealed interface WhatIfAnswer {
    /** What would change. */
    record Compared(Comparison comparison) implements WhatIfAnswer {}

    /**
     * The candidate cannot be used.
     *
     * @param message for people; may have several lines
     */
    record Refused(String message) implements WhatIfAnswer {}
}
