package dev.tocsin.api.web;

import dev.tocsin.api.http.Protection;
import dev.tocsin.api.http.Response;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.server.ServerEngines;
import dev.tocsin.core.tls.server.ServerTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards every port of a node as the web configuration file says. The file counts as it is when a request comes; the
 * certificates, as they are when a connection comes. While the file cannot be used what it said before stays in force.
 * Safe for all threads.
 *
 * <p>Two things need a restart: whether there is TLS at all, and whether HTTP/2 is offered.
 */
public final class WebSecurity implements Protection {
    private static final Logger LOG = LoggerFactory.getLogger(WebSecurity.class);

    private final Map<String, String> environment;
    private final Executor workers;
    private final Clock clock;
    private final WebConfigLoader loader;
    private final WatchedFile file;
    private final PasswordCheck passwords;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock queueLock = new ReentrantLock();
    private final boolean http2;
    private volatile State state;
    private volatile boolean loaded = true;
    private String problem = "";
    private @Nullable CompletableFuture<State> looking;
    private @Nullable CompletableFuture<State> next;

    /** What is in force. */
    private record State(
            @Nullable ServerEngines engines,
            List<Response.Header> headers,
            Map<String, BcryptHash> users,
            @Nullable TokenBucket bucket) {}

    /**
     * Reads the file and all certificates.
     *
     * @param environment the process environment: names the system's authorities
     * @param workers runs each task on a thread that may block: virtual threads in production
     * @throws WebConfigException saying what is wrong, and where
     */
    public WebSecurity(Path path, Map<String, String> environment, Executor workers, Clock clock, Metrics metrics)
            throws WebConfigException {
        this.environment = Map.copyOf(environment);
        this.workers = workers;
        this.clock = clock;
        this.loader = new WebConfigLoader(path);
        this.file = new WatchedFile(path, clock);
        this.passwords =
                new PasswordCheck(workers, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), metrics);
        metrics.gauge(
                        "tocsin_web_config_last_load_successful",
                        "Whether the web configuration file could be used when it was read last.")
                .labels()
                .set(() -> loaded ? 1 : 0);
        byte[] content = file.changed();
        WebConfig config = loader.parse(content == null ? new byte[0] : content);
        this.http2 = config.http2();
        this.state = new State(engines(config.tls(), null), config.headers(), config.users(), bucket(config, null));
    }

    /**
     * Reads a file as a node would that starts with it.
     *
     * @throws WebConfigException saying what is wrong, and where
     */
    public static void check(Path path, Map<String, String> environment, Clock clock) throws WebConfigException {
        byte[] content = new WatchedFile(path, clock).changed();
        ServerTls tls = new WebConfigLoader(path)
                .parse(content == null ? new byte[0] : content)
                .tls();
        if (tls != null) {
            open(tls, environment);
        }
    }

    private @Nullable ServerEngines engines(@Nullable ServerTls tls, @Nullable ServerEngines last)
            throws WebConfigException {
        if (tls == null) {
            return null;
        }
        return last != null && last.tls().equals(tls) ? last : open(tls, environment);
    }

    private static ServerEngines open(ServerTls tls, Map<String, String> environment) throws WebConfigException {
        try {
            return new ServerEngines(tls, environment);
        } catch (TlsException e) {
            throw new WebConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable TokenBucket bucket(WebConfig config, @Nullable TokenBucket last) {
        RateLimit limit = config.rateLimit();
        if (limit == null) {
            return null;
        }
        return last != null && last.limit().equals(limit) ? last : new TokenBucket(limit, clock);
    }

    /** Whether connections are secured. Never changes. */
    @Override
    public boolean tls() {
        return state.engines() != null;
    }

    /** Whether HTTP/2 is offered to those who speak TLS. Never changes. */
    @Override
    public boolean http2() {
        return http2;
    }

    /** What every answer carries. */
    @Override
    public List<Response.Header> headers() {
        return state.headers();
    }

    /**
     * Whether a request is answered: within the rate limit, and from a user if there are users. Does not block.
     *
     * @param authorization the request's {@code Authorization} header; null if it has none
     * @return completes on any thread
     */
    public CompletionStage<Admission> admit(@Nullable String authorization) {
        return fresh().thenComposeAsync(now -> admit(now, authorization), workers);
    }

    private CompletionStage<Admission> admit(State now, @Nullable String authorization) {
        TokenBucket bucket = now.bucket();
        if (bucket != null && !bucket.take()) {
            return CompletableFuture.completedFuture(Admission.TOO_MANY_REQUESTS);
        }
        if (now.users().isEmpty()) {
            return CompletableFuture.completedFuture(Admission.ADMITTED);
        }
        Credentials shown = Credentials.of(authorization);
        if (shown == null) {
            return CompletableFuture.completedFuture(Admission.UNAUTHENTICATED);
        }
        return passwords.check(now.users(), shown);
    }

    /**
     * An engine for a connection that has just come, made of the file and the certificates as they are now. Does not
     * block; completes on a worker.
     *
     * @param protocols what ALPN offers, the preferred one first; not empty
     * @throws IllegalStateException without TLS
     */
    @Override
    public CompletionStage<SSLEngine> engine(List<String> protocols) {
        requireTls();
        return CompletableFuture.supplyAsync(() -> engineNow(protocols), workers);
    }

    /**
     * A context for servers that take one, such as gRPC's. Each connection gets an engine made of the file and the
     * certificates as they are then; they are looked at on the connection's event loop, and read there if they changed.
     *
     * @param protocols what ALPN offers, the preferred one first
     * @throws IllegalStateException without TLS
     */
    public SslContext sslContext(List<String> protocols) {
        requireTls();
        return new FreshSslContext(() -> engineNow(protocols), protocols);
    }

    private void requireTls() {
        if (!tls()) {
            throw new IllegalStateException("the web configuration has no TLS");
        }
    }

    private SSLEngine engineNow(List<String> protocols) {
        ServerEngines engines = look().engines();
        if (engines == null) {
            throw new IllegalStateException("the web configuration has no TLS");
        }
        engines.refresh();
        // Netty's wrapper, since only that tells Netty which protocol was agreed on
        SSLEngine engine = new JdkSslContext(
                        engines.context(),
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        new ApplicationProtocolConfig(
                                ApplicationProtocolConfig.Protocol.ALPN,
                                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                protocols),
                        ClientAuth.NONE,
                        null,
                        false)
                .newEngine(ByteBufAllocator.DEFAULT);
        engines.configure(engine);
        return engine;
    }

    /** The state by the file as it is after this call. Those who wait while it is looked at share the next look. */
    private CompletionStage<State> fresh() {
        queueLock.lock();
        try {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            CompletableFuture<State> waiting = next;
            if (looking == null) {
                startLook();
            }
            return waiting;
        } finally {
            queueLock.unlock();
        }
    }

    /** Under {@link #queueLock}, with somebody waiting. */
    private void startLook() {
        CompletableFuture<State> turn = next;
        if (turn == null) {
            throw new IllegalStateException("nobody waits");
        }
        next = null;
        looking = turn;
        workers.execute(() -> {
            State now = look();
            queueLock.lock();
            try {
                looking = null;
                if (next != null) {
                    startLook();
                }
            } finally {
                queueLock.unlock();
            }
            turn.complete(now);
        });
    }

    /** The state by the file as it is now. Reads files. */
    private State look() {
        lock.lock();
        try {
            byte[] content = file.changed();
            if (content != null) {
                take(loader.parse(content));
                problem = "";
                loaded = true;
                LOG.atInfo().addKeyValue("component", "web").log("Completed loading of web configuration file");
            }
        } catch (WebConfigException e) {
            file.forget(); // a certificate may come later than the file that names it
            report(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
        return state;
    }

    private void take(WebConfig config) throws WebConfigException {
        State last = state;
        ServerEngines engines = last.engines();
        if ((config.tls() != null) != (engines != null)) {
            LOG.atWarn()
                    .addKeyValue("component", "web")
                    .log("TLS is turned on and off by a restart alone; connections stay as they are");
        } else {
            engines = engines(config.tls(), engines);
        }
        if (config.http2() != http2) {
            LOG.atWarn().addKeyValue("component", "web").log("HTTP/2 is turned on and off by a restart alone");
        }
        state = new State(engines, config.headers(), config.users(), bucket(config, last.bucket()));
    }

    /** Once for each kind of trouble: the file is looked at with each request. */
    private void report(String message) {
        loaded = false;
        if (!message.equals(problem)) {
            problem = message;
            LOG.atError()
                    .addKeyValue("component", "web")
                    .addKeyValue("err", message)
                    .log("Web configuration file cannot be used, keeping what it said before");
        }
    }
}
