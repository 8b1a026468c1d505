package dev.tocsin.core.time;

/** The text is no duration or no instant. The message is the contract's text. */
public final class InvalidTimeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, as the contract words it */
    public InvalidTimeException(String message) {
        super(message);
    }
}
