package dev.tocsin.core.template.html;

/** A template whose HTML cannot be understood. The message is complete, with the position where there is one. */
public final class HtmlException extends Exception {
    private static final long serialVersionUID = 1L;

    HtmlException(String message) {
        super(message, null, false, false);
    }
}
