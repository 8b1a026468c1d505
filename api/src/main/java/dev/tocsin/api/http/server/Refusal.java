package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Response;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** The answers to requests that never reach a handler. They end the connection. */
final class Refusal {
    private Refusal() {}

    static Response of(int status) {
        return of(status, "");
    }

    /** @param detail what is wrong; may be empty */
    static Response of(int status, String detail) {
        String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
        return Response.text(status, status + " " + reason + (detail.isEmpty() ? "" : ": " + detail));
    }

    /** The answer to bytes that the decoder could not make sense of. */
    static Response of(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return of(414);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return of(431);
        }
        return of(400);
    }
}
