package dev.tocsin.core.hub;

/** What came of an attempt to put a configuration in force. */
public sealed interface ApplyResult {
    /** It is in force. */
    record Applied() implements ApplyResult {}

    /**
     * Nothing changed.
     *
     * @param error what is wrong, for people; may have several lines, holds no secret
     */
    record Refused(String error) implements ApplyResult {}
}
