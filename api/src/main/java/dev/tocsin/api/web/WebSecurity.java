package dev.tocsin.api.web;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.server.Protection;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.tls.server.ServerEngines;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Guards every port of a node as the web configuration file says. The file counts as it is when a request comes; the
 * certificates, as they are when a connection comes; who was let in and stays leaves when his name or password is gone. While the file cannot be used what it said before stays in force.
 * Safe for all threads.
 *
 * <p>Two things need a restart: whether there is TLS at all, and whether HTTP/2 is offered.
 */
public final class WebSecurity implements Protection, Visits {
    private final Executor workers;
    private final RulesFile rules;
    private final PasswordCheck passwords;
    private final Refusals refusals;
    private final OpenVisits visits;

    /**
     * Reads the file and all certificates.
     *
     * @param environment the process environment: names the system's authorities
     * @param workers runs each task on a thread that may block: virtual threads in production
     * @throws WebConfigException saying what is wrong, and where
     */
    public WebSecurity(Path path, Map<String, String> environment, Executor workers, Clock clock, Metrics metrics)
            throws WebConfigException {
        this.workers = workers;
        this.rules = new RulesFile(path, environment, workers, clock);
        this.passwords =
                new PasswordCheck(workers, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), metrics);
        this.refusals = new Refusals(clock, metrics);
        this.visits = new OpenVisits(rules, clock);
        metrics.gauge(
                        "tocsin_web_config_last_load_successful",
                        "Whether the web configuration file could be used when it was read last.")
                .labels()
                .set(() -> rules.isUsable() ? 1 : 0);
    }

    /**
     * Reads a file as a node would that starts with it.
     *
     * @throws WebConfigException saying what is wrong, and where
     */
    public static void check(Path path, Map<String, String> environment, Clock clock) throws WebConfigException {
        RulesFile rules = new RulesFile(path, environment, Runnable::run, clock);
        if (!rules.isUsable()) {
            throw new WebConfigException(path + " cannot be used");
        }
    }

    @Override
    public boolean tls() {
        return rules.latest().engines() != null;
    }

    @Override
    public boolean http2() {
        return rules.http2();
    }

    @Override
    public List<Response.Header> headers() {
        return rules.latest().headers();
    }

    /**
     * Whether a request is answered: within the rate limit, and from a user if there are users. Does not block.
     *
     * @param authorization the request's {@code Authorization} header; null if it has none
     * @return completes on a worker, where what follows may block
     */
    public CompletionStage<Admission> admit(@Nullable String authorization) {
        return judge(authorization).thenApplyAsync(Function.identity(), workers);
    }

    /** As {@link #admit}, but completes on a worker that others wait for: what follows must be short. */
    CompletionStage<Admission> judge(@Nullable String authorization) {
        return rules.fresh()
                .thenCompose(now -> {
                    visits.judge(now);
                    TokenBucket bucket = now.bucket();
                    return bucket != null && !bucket.take()
                            ? CompletableFuture.completedFuture(Admission.TOO_MANY_REQUESTS)
                            : identify(now, authorization);
                })
                .thenApply(this::noted);
    }

    @Override
    public CompletionStage<Optional<Response>> refusalOfBody(@Nullable String authorization) {
        if (rules.latest().users().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return rules.fresh()
                .thenCompose(now -> identify(now, authorization))
                .thenApply(admission -> noted(admission).refusal());
    }

    @Override
    public Visit begin(@Nullable String authorization, Runnable dismissed) {
        return visits.begin(authorization, dismissed);
    }

    private Admission noted(Admission admission) {
        refusals.note(admission);
        return admission;
    }

    private CompletionStage<Admission> identify(Rules now, @Nullable String authorization) {
        if (now.users().isEmpty()) {
            return CompletableFuture.completedFuture(Admission.ADMITTED);
        }
        Credentials shown = Credentials.of(authorization);
        return shown == null
                ? CompletableFuture.completedFuture(Admission.UNAUTHENTICATED)
                : passwords.check(now.users(), shown);
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
     * @param protocols what ALPN offers, the preferred one first; not empty
     * @throws IllegalStateException without TLS
     */
    public SslContext sslContext(List<String> protocols) {
        requireTls();
        return new FreshSslContext(() -> engineNow(protocols), protocols);
    }

    private ServerEngines requireTls() {
        ServerEngines engines = rules.latest().engines();
        if (engines == null) {
            throw new IllegalStateException("the web configuration has no TLS");
        }
        return engines;
    }

    private SSLEngine engineNow(List<String> protocols) {
        rules.look();
        ServerEngines engines = requireTls();
        engines.refresh();
        return AlpnEngines.of(engines, protocols);
    }
}
