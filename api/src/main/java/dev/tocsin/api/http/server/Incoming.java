package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;

/** What the reader of a connection hands on, in the order in which it came from the wire. */
sealed interface Incoming {
    /**
     * A whole request.
     *
     * @param keepAlive whether the client wants the connection kept
     * @param chunkable whether the client knows chunked answers: HTTP/1.1 does
     */
    record Whole(Request request, boolean keepAlive, boolean chunkable) implements Incoming {}

    /** Bytes that are no request, or one that is too large. Nothing that follows can be read. */
    record Refused(Response response) implements Incoming {}
}
