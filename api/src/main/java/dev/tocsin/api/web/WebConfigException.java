package dev.tocsin.api.web;

/** A web configuration that cannot be used. The message tells a person where and why, without secrets. */
public final class WebConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong; can have several lines */
    public WebConfigException(String message) {
        super(message);
    }

    /** @param cause what it comes from; its text is not repeated */
    public WebConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
