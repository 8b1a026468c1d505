package dev.tocsin.cluster.atomix.link;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import javax.net.ssl.SSLException;

/** What an exception on a channel says. Stateless. */
final class Failures {
    private Failures() {}

    static Refusal of(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLException) {
                return Refusal.TLS;
            }
            if (at instanceof ConnectTimeoutException) {
                return Refusal.TIMEOUT;
            }
            if (at instanceof IOException) {
                return Refusal.CLOSED;
            }
        }
        return Refusal.FOREIGN;
    }

    /** Whether the host answered that nothing listens there; not so if it cannot be reached. */
    static boolean refused(Throwable cause) {
        return cause instanceof ConnectException
                && !(cause instanceof ConnectTimeoutException)
                && String.valueOf(cause.getMessage()).startsWith("Connection refused");
    }

    /** One line for people. */
    static String text(Throwable cause) {
        Throwable deepest = cause;
        for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
            deepest = next;
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
