package dev.tocsin.app;

/** The node cannot start. The message is for the operator; the process ends with 1. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String logged;

    /** @param message what is wrong and what would be right */
    public StartupException(String message) {
        this(message, "");
    }

    /**
     * A failure whose log line has the contract's text as message and the cause beside it.
     *
     * @param message the log line's message
     * @param cause its {@code err}; empty for none
     */
    public StartupException(String message, String cause) {
        super(message);
        this.logged = cause;
    }

    /** The {@code err} of the log line; empty for none. */
    public String logged() {
        return logged;
    }
}
