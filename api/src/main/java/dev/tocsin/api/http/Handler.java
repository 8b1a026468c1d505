package dev.tocsin.api.http;

/** Answers requests and may block: it runs on a worker, one request per thread. Safe for many threads. */
@FunctionalInterface
public non-sealed interface Handler extends Endpoint {
    /**
     * The answer to {@code request}, whose body may be read until this method returns.
     *
     * @throws Exception if there is a bug or a resource is gone; the client gets 500 and the log the trace
     */
    Response handle(Request request) throws Exception;
}
