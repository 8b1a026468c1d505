package dev.tocsin.core.matcher;

/** The text is not a matcher, or its regular expression does not compile. The message is the contract's text. */
public final class InvalidMatcherException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, as the contract words it */
    public InvalidMatcherException(String message) {
        super(message);
    }
}
