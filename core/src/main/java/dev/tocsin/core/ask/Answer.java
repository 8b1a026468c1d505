package dev.tocsin.core.ask;

/** What came of a question. */
public sealed interface Answer {
    /**
     * The node answered.
     *
     * @param content not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Given(byte[] content) implements Answer {}

    /**
     * It did not.
     *
     * @param why for people
     */
    record Silent(String why) implements Answer {}
}
