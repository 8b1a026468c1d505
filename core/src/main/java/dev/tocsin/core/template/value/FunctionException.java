package dev.tocsin.core.template.value;

/** A function or method refuses its arguments. The message is what follows {@code error calling name:}. */
public final class FunctionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message in Go's words */
    public FunctionException(String message) {
        super(message, null, false, false);
    }
}
