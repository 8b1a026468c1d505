package dev.tocsin.core.matcher;

/** Which grammar matchers are read with, and which label names are valid (contract sections 3.4 and 3.5). */
public enum MatcherMode {
    /** Both grammars, the classic one winning where they disagree; label names are any UTF-8 text. The default. */
    FALLBACK,
    /** The UTF-8 grammar alone; label names are any UTF-8 text. */
    UTF8_STRICT,
    /** The classic grammar alone; label names are ASCII identifiers. */
    CLASSIC
}
