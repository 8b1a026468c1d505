package dev.tocsin.core.template.parse;

/** A text that is no template. The message is complete: <code>template: bad.tmpl:2: missing value for if</code>. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
        super(message);
    }
}
