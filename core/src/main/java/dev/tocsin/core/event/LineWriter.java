package dev.tocsin.core.event;

import java.io.IOException;

/** An output that takes one event after the other. Used by one worker at a time; may block. */
interface LineWriter extends AutoCloseable {
    /** The output's name in metrics and logs. */
    String name();

    /**
     * Writes one line.
     *
     * @throws IOException if it could not be written as a whole
     */
    void write(EventLine line) throws IOException;

    @Override
    void close() throws IOException;
}
