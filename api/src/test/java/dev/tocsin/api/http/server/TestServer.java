package dev.tocsin.api.http.server;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.core.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a free port of the loopback interface. */
public final class TestServer implements AutoCloseable {
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final HttpServer server;
    private final InetSocketAddress address;

    /** Serves {@code router} with production's limits. */
    public TestServer(Router router) {
        this(options(HttpServerOptions.Limits.DEFAULT), List.of(), router);
    }

    /** Serves {@code router}. */
    public TestServer(HttpServerOptions options, List<Filter> filters, Router router) {
        this(options, Protection.none(), filters, router);
    }

    /** Serves {@code router}, protected. */
    public TestServer(HttpServerOptions options, Protection protection, List<Filter> filters, Router router) {
        server = new HttpServer(options, protection, filters, workers, new SystemClock(), metrics);
        try {
            address = server.bind().getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.serve(router);
    }

    /** Options for a free port. */
    public static HttpServerOptions options(HttpServerOptions.Limits limits) {
        return new HttpServerOptions(List.of("127.0.0.1:0"), 8, Duration.ZERO, 2, limits);
    }

    /** A new connection. */
    public RawClient connect() throws IOException {
        return new RawClient(address);
    }

    /** Where the server listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** The server's metrics. */
    public Metrics metrics() {
        return metrics;
    }

    /** Completes when it takes no new connections; another process may do so at its address from then on. */
    public CompletionStage<Void> listenersClosed() {
        return server.listenersClosed();
    }

    /** Stops the server. */
    public void stop(Duration bound) {
        server.stop(bound);
    }

    @Override
    public void close() {
        server.stop(Duration.ofMillis(200));
        workers.close();
    }
}
