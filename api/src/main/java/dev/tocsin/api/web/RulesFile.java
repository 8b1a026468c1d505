package dev.tocsin.api.web;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.server.ServerEngines;
import dev.tocsin.core.tls.server.ServerTls;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules by a file that may change at any time. While it cannot be used what it said before stays in force, and it is
 * tried again at each look. One lock guards the file and what was made of it, another one those who wait for a look.
 */
final class RulesFile {
    private static final Logger LOG = LoggerFactory.getLogger(RulesFile.class);

    private final Map<String, String> environment;
    private final Executor workers;
    private final Clock clock;
    private final WebConfigLoader loader;
    private final WatchedFile file;
    private final boolean http2;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock queueLock = new ReentrantLock();
    private volatile Rules rules;
    private volatile boolean usable = true;
    private String problem = "";
    private @Nullable CompletableFuture<Rules> looking;
    private @Nullable CompletableFuture<Rules> next;

    /**
     * Reads the file and all certificates.
     *
     * @throws WebConfigException saying what is wrong, and where
     */
    RulesFile(Path path, Map<String, String> environment, Executor workers, Clock clock) throws WebConfigException {
        this.environment = Map.copyOf(environment);
        this.workers = workers;
        this.clock = clock;
        this.loader = new WebConfigLoader(path);
        this.file = new WatchedFile(path, clock);
        byte[] content = file.changed();
        WebConfig config = loader.parse(content == null ? new byte[0] : content);
        this.http2 = config.http2();
        this.rules = new Rules(engines(config.tls(), null), config.headers(), config.users(), bucket(config, null));
    }

    /** Whether HTTP/2 is offered; does not follow the file. */
    boolean http2() {
        return http2;
    }

    /** The rules by the last look. */
    Rules latest() {
        return rules;
    }

    /** Whether the file could be used at the last look. */
    boolean isUsable() {
        return usable;
    }

    private @Nullable ServerEngines engines(@Nullable ServerTls tls, @Nullable ServerEngines last)
            throws WebConfigException {
        if (tls == null) {
            return null;
        }
        if (last != null && last.tls().equals(tls)) {
            return last;
        }
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

    /**
     * The rules by the file as it is after this call. Does not block: those who come while it is looked at share the next
     * look.
     *
     * @return completes on a worker
     */
    CompletionStage<Rules> fresh() {
        queueLock.lock();
        try {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            CompletableFuture<Rules> turn = next;
            if (looking == null) {
                startLook(turn);
            }
            return turn;
        } finally {
            queueLock.unlock();
        }
    }

    /** Under {@link #queueLock}. */
    private void startLook(CompletableFuture<Rules> turn) {
        next = null;
        looking = turn;
        try {
            workers.execute(() -> {
                Rules now = look();
                endLook();
                turn.complete(now);
            });
        } catch (RejectedExecutionException e) {
            looking = null;
            turn.completeExceptionally(e);
        }
    }

    private void endLook() {
        queueLock.lock();
        try {
            looking = null;
            if (next != null) {
                startLook(next);
            }
        } finally {
            queueLock.unlock();
        }
    }

    /** The rules by the file as it is now. Reads files. */
    Rules look() {
        lock.lock();
        try {
            byte[] content = file.changed();
            if (content != null) {
                take(loader.parse(content));
                problem = "";
                usable = true;
                LOG.atInfo().addKeyValue("component", "web").log("Completed loading of web configuration file");
            }
        } catch (WebConfigException e) {
            file.forget(); // a certificate may come later than the file that names it
            report(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
        return rules;
    }

    private void take(WebConfig config) throws WebConfigException {
        Rules last = rules;
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
        rules = new Rules(engines, config.headers(), config.users(), bucket(config, last.bucket()));
    }

    /** Once for each kind of trouble: the file is looked at with each request. */
    private void report(String message) {
        usable = false;
        if (!message.equals(problem)) {
            problem = message;
            LOG.atError()
                    .addKeyValue("component", "web")
                    .addKeyValue("err", message)
                    .log("Web configuration file cannot be used, keeping what it said before");
        }
    }
}
