package dev.tocsin.api.http.server;

import java.time.Duration;
import java.util.List;

/**
 * What an HTTP server listens on and what it bears.
 *
 * @param listenAddresses as the command line has them: {@code host:port}, {@code :port}, {@code [::1]:port}; port 0
 *     takes a free one
 * @param getConcurrency how many GETs may be worked on at once; more are refused with 503. At least 1
 * @param requestTimeout how long a request may take from its last byte to the first byte of its answer before it is
 *     answered with 503; zero means for ever
 * @param eventLoops how many threads read and write the sockets
 * @param limits what one client, and all of them, may take
 */
public record HttpServerOptions(
        List<String> listenAddresses, int getConcurrency, Duration requestTimeout, int eventLoops, Limits limits) {

    /**
     * What clients may take. A body of 64 MiB holds about 100,000 alerts; Prometheus sends 256 in one.
     *
     * @param bodyBytes longest body of a request; longer ones are refused with 413
     * @param allBodiesBytes longest sum of the bodies that are being received or worked on; more are refused with 503
     * @param requestLineBytes longest request line; longer ones are refused with 414
     * @param headerBytes longest sum of a request's headers; more are refused with 431
     * @param connections how many connections may be open; more are closed at once, and logged
     * @param headTime how long the head of a request may take from its first byte on
     * @param bodyTime how long the body of a request may take
     * @param stallTime how long a client may send nothing of the body it owes, or read nothing of the answer it asked for
     * @param idleTime how long a connection may be kept without a request
     */
    public record Limits(
            int bodyBytes,
            long allBodiesBytes,
            int requestLineBytes,
            int headerBytes,
            int connections,
            Duration headTime,
            Duration bodyTime,
            Duration stallTime,
            Duration idleTime) {

        /** What suits production. */
        public static final Limits DEFAULT = new Limits(
                64 << 20,
                128 << 20,
                256 << 10,
                256 << 10,
                4096,
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(6));
    }

    /** Copies the addresses in. */
    public HttpServerOptions {
        listenAddresses = List.copyOf(listenAddresses);
        if (getConcurrency < 1 || eventLoops < 1) {
            throw new IllegalArgumentException("getConcurrency and eventLoops are at least 1");
        }
    }

    /** Listens on {@code addresses} with Alertmanager's defaults. */
    public static HttpServerOptions on(String... addresses) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new HttpServerOptions(
                List.of(addresses),
                Math.max(processors, 8),
                Duration.ZERO,
                Math.clamp(processors, 1, 4),
                Limits.DEFAULT);
    }
}
