package dev.tocsin.notifiers.http.message;

import java.io.IOException;

/** A request failed on its way. The message is complete: it names the step and has no secrets. */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    private TransportException(String message, boolean unreachable) {
        super(message);
        this.unreachable = unreachable;
    }

    /** No connection came about. */
    public static TransportException unreachable(String message) {
        return new TransportException(message, true);
    }

    /** The request could not be sent, or the answer not read, for a reason that other nodes would meet too. */
    public static TransportException broken(String message) {
        return new TransportException(message, false);
    }

    /** The same with words before it. */
    public TransportException within(String step) {
        return new TransportException(step + getMessage(), unreachable);
    }

    /** Whether no connection came about: another node might reach the receiver. */
    public boolean isUnreachable() {
        return unreachable;
    }
}
