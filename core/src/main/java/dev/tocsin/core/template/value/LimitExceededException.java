package dev.tocsin.core.template.value;

/** An execution would use up more than it may; it ends. */
public final class LimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message which limit, and what it is */
    public LimitExceededException(String message) {
        super(message, null, false, false);
    }
}
