package dev.tocsin.core.interval;

/** The text is no part of a time interval. The message is the contract's text (section 6.5). */
public final class InvalidIntervalException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, as the contract words it */
    public InvalidIntervalException(String message) {
        super(message);
    }
}
