package dev.tocsin.core.template.exec;

/** A template failed while it ran. The message is complete, with the position. */
public final class ExecutionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message where and why */
    public ExecutionException(String message) {
        super(message, null, false, false);
    }
}
