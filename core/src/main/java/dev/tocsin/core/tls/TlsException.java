package dev.tocsin.core.tls;

/** TLS material that cannot be used. The message tells a person which file or text and why, without secrets. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong */
    public TlsException(String message) {
        super(message);
    }

    /** @param cause what the JDK said; its text is not repeated */
    public TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
