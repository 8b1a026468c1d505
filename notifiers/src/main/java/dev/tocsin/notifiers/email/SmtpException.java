package dev.tocsin.notifiers.email;

import java.io.IOException;

/** A step of a dialogue failed; the message says which and why. */
final class SmtpException extends IOException {
    private static final long serialVersionUID = 1L;

    SmtpException(String message) {
        super(message);
    }
}
