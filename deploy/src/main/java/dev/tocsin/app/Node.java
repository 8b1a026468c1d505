package dev.tocsin.app;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.HttpInterface;
import dev.tocsin.api.admin.AdminRoutes;
import dev.tocsin.api.grpc.GrpcServer;
import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.http.TraceFilter;
import dev.tocsin.api.http.server.HttpServer;
import dev.tocsin.api.http.server.HttpServerOptions;
import dev.tocsin.api.http.server.Protection;
import dev.tocsin.api.metrics.MetricsRoutes;
import dev.tocsin.api.metrics.ProcessMetrics;
import dev.tocsin.api.metrics.RuntimeMetrics;
import dev.tocsin.api.v2.ApiV2;
import dev.tocsin.api.web.WebFilter;
import dev.tocsin.api.web.WebSecurity;
import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.app.runtime.HeapTrimmer;
import dev.tocsin.app.runtime.HubLoop;
import dev.tocsin.app.runtime.SystemClock;
import dev.tocsin.app.runtime.VirtualThreadWorkers;
import dev.tocsin.app.tracing.ConfiguredTracing;
import dev.tocsin.core.hub.ApplyResult;
import dev.tocsin.core.hub.HubNode;
import dev.tocsin.core.ingest.AlertDecoder;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalReader;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.journal.file.FileJournal;
import dev.tocsin.core.journal.file.JournalOptions;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.storage.FileStorage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: builds the hub and its interfaces from the flags, in the order of contract section 1.5, and takes them down
 * in the reverse. {@link #start} and {@link #close} are called by one thread; {@link #reload} by any.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration HTTP_DRAIN = Duration.ofSeconds(5);
    private static final Duration GRPC_DRAIN = Duration.ofSeconds(3);
    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final Duration HAND_OVER = Duration.ofSeconds(3);
    private static final Duration HUB_STOP = Duration.ofSeconds(10);
    private static final Duration RECORDER_STOP = Duration.ofSeconds(3);
    private static final int JOURNAL_EVENTS = 100_000;
    private static final long JOURNAL_BYTES = 32L << 20;
    private static final int INTERNED_STRINGS = 1 << 15;

    private final FlagValues flags;
    private final Clock clock = new SystemClock();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final Executor threads = work -> Thread.ofVirtual().start(carry(work));
    private final HubLoop loop = new HubLoop(metrics, Halt::halt);
    private final VirtualThreadWorkers workers = new VirtualThreadWorkers(loop);
    private final RandomGenerator random = new SecureRandom();

    private @Nullable FileStorage storage;
    private @Nullable FileJournal kept;
    private @Nullable HttpServer server;
    private @Nullable GrpcServer grpc;
    private @Nullable Interfaces interfaces;
    private volatile @Nullable ConfiguredTracing tracing;
    private volatile @Nullable HubAssembly assembly;
    private @Nullable InetSocketAddress address;
    private volatile boolean ready;
    private boolean serving;

    /** Does nothing before {@link #start}. */
    public Node(FlagValues flags) {
        this.flags = flags;
    }

    /**
     * Starts the node.
     *
     * @throws StartupException if it cannot start; call {@link #close} then as well
     */
    public void start() throws StartupException {
        StartupChecks.check(flags);
        Features features = Features.parse(flags.text("enable-feature"));
        features.enabled().forEach(feature -> LOG.atWarn().log(feature.warning()));
        Version version = Version.ofThisJar();
        ConfiguredTracing traces =
                new ConfiguredTracing(version.own(), work -> Thread.ofVirtual().start(work));
        tracing = traces;
        LOG.atInfo()
                .addKeyValue(
                        "version",
                        "(version=" + Version.COMPATIBLE + ", branch=" + version.branch() + ", revision="
                                + version.own() + ")")
                .log("Starting Alertmanager");
        new ProcessMetrics(metrics).register();
        new RuntimeMetrics(metrics).register();
        new BuildMetrics(version, flags).register(metrics);
        FileStorage files = openStorage();
        storage = files;
        WebSecurity guard = WebGuard.of(flags, threads, clock, metrics);
        Filter traced = new TraceFilter(traces);
        HttpServer http = new HttpServer(
                httpOptions(),
                guard == null ? Protection.none() : guard,
                guard == null ? List.of(traced) : List.of(new WebFilter(guard), traced),
                threads,
                clock,
                metrics);
        server = http;
        MatcherParser matchers = new MatcherParser(features.matcherMode(), warning -> warning.logTo(LOG));
        Replica replica = identify(files);
        String name = name(replica);
        Journal journal;
        JournalReader reader;
        if (flags.bytes("journal.max-size") == 0) {
            MemoryJournal inMemory = new MemoryJournal(name, clock, metrics, JOURNAL_EVENTS, JOURNAL_BYTES);
            journal = inMemory;
            reader = inMemory;
        } else {
            FileJournal onDisk = openJournal(name);
            kept = onDisk;
            journal = onDisk;
            reader = onDisk;
        }
        HubAssembly hub = new HubAssembly(
                flags, features, version, clock, loop, workers, metrics, journal, reader, files, matchers, traces,
                random, name, replica);
        assembly = hub;
        hub.load();
        hub.join();
        InetSocketAddress bound = bind(http);
        address = bound;
        URI externalUrl =
                WebAddress.externalUrl(flags.text("web.external-url"), bound.getPort(), guard != null && guard.tls());
        hub.assemble(externalUrl);
        applyFirst(hub);
        Interfaces asked = new Interfaces(hub.parts(), hub.node(), matchers, guard, threads, random);
        interfaces = asked;
        String grpcAddress = flags.text("grpc.listen-address");
        if (!grpcAddress.isEmpty()) {
            grpc = asked.bindGrpc(grpcAddress, guard, threads);
        }
        hub.node().start();
        hub.meet();
        String prefix = WebAddress.routePrefix(flags.text("web.route-prefix"), externalUrl);
        serve(http, hub.node(), asked, matchers, version, prefix);
        if (grpc != null) {
            grpc.serve();
        }
        ready = true;
        HeapTrimmer.start(loop);
        threads.execute(new Rehearsal(clock, threads)::run);
    }

    /** Lets blocking handlers know the span of their request. */
    private Runnable carry(Runnable work) {
        ConfiguredTracing traces = tracing;
        return traces == null ? work : traces.carry(work);
    }

    private FileStorage openStorage() throws StartupException {
        try {
            return new FileStorage(Path.of(flags.text("storage.path")), threads, loop, metrics);
        } catch (IOException e) {
            throw new StartupException("Unable to use the data directory", String.valueOf(e.getMessage()));
        }
    }

    private FileJournal openJournal(String name) {
        return new FileJournal(
                name,
                Path.of(flags.text("storage.path")).resolve("journal"),
                new JournalOptions(flags.duration("journal.retention"), flags.bytes("journal.max-size")),
                clock,
                loop,
                threads,
                metrics);
    }

    private Replica identify(FileStorage files) throws StartupException {
        try {
            return new Replica(files, workers, random, clock);
        } catch (IOException e) {
            throw new StartupException("error creating notification log", String.valueOf(e.getMessage()));
        }
    }

    private String name(Replica replica) {
        String given = flags.text("cluster.peer-name");
        return given.isEmpty() ? NodeNames.defaultName(replica.id()) : given;
    }

    private HttpServerOptions httpOptions() {
        HttpServerOptions defaults =
                HttpServerOptions.on(flags.list("web.listen-address").toArray(String[]::new));
        long concurrency = flags.whole("web.get-concurrency");
        Duration timeout = flags.duration("web.timeout");
        return new HttpServerOptions(
                defaults.listenAddresses(),
                concurrency < 1 ? defaults.getConcurrency() : Math.toIntExact(Math.min(concurrency, Integer.MAX_VALUE)),
                timeout.isNegative() ? Duration.ZERO : timeout,
                defaults.eventLoops(),
                defaults.limits());
    }

    private static InetSocketAddress bind(HttpServer http) throws StartupException {
        try {
            return http.bind().getFirst();
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupException("Unable to listen", String.valueOf(e.getMessage()));
        }
    }

    private static void applyFirst(HubAssembly hub) throws StartupException {
        try {
            ApplyResult result = hub.reloader().reload().toCompletableFuture().get();
            if (result instanceof ApplyResult.Refused) {
                throw new StartupException("The node does not start without a valid configuration");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted");
        } catch (ExecutionException e) {
            throw new StartupException("Unable to apply the configuration", String.valueOf(e.getCause()));
        }
    }

    private void serve(
            HttpServer http, HubNode hub, Interfaces asked, MatcherParser matchers, Version version, String prefix) {
        ApiV2 apiV2 = new ApiV2(
                hub,
                new AlertDecoder(new StringInterner(INTERNED_STRINGS)),
                matchers,
                version.shownToClients(),
                clock,
                ZoneId.systemDefault());
        AdminRoutes admin = new AdminRoutes(this::unready, this::reloadByHttp);
        Router hubApi = asked.hubApi();
        http.serve(new HttpInterface(prefix, version.own(), apiV2, hubApi, admin, new MetricsRoutes(metrics)));
        serving = true;
    }

    /** Why requests should go to another node; null if they need not. */
    private @Nullable String unready() {
        HubAssembly hub = assembly;
        return !ready || hub == null ? "starting" : hub.unready();
    }

    private CompletionStage<@Nullable String> reloadByHttp() {
        HubAssembly hub = assembly;
        if (hub == null) {
            throw new IllegalStateException("not started");
        }
        return hub.reloader().reload().thenApply(result -> switch (result) {
            case ApplyResult.Applied() -> null;
            case ApplyResult.Refused(String error) -> error;
        });
    }

    /** Reads the configuration file again; calls that come while it is read share the next reading. Does not block. */
    void reload() {
        HubAssembly hub = assembly;
        if (hub != null) {
            hub.reloader().reload();
        }
    }

    /** The first listener's real address. */
    public InetSocketAddress address() {
        InetSocketAddress bound = address;
        if (bound == null) {
            throw new IllegalStateException("not started");
        }
        return bound;
    }

    /** Completes when the listeners are closed, whoever closes them. */
    CompletionStage<Void> listenersClosed() {
        HttpServer http = server;
        if (http == null) {
            throw new IllegalStateException("not started");
        }
        return http.listenersClosed();
    }

    /** Stops in the reverse order, each step bounded. Fit for a node that did not start completely. */
    @Override
    public void close() {
        ready = false;
        HubAssembly hub = assembly;
        if (hub != null) {
            await(hub.leave(), LEAVE, "The other nodes did not hear of the stop");
        }
        if (interfaces != null) {
            interfaces.endStreams();
            interfaces = null;
        }
        if (grpc != null) {
            grpc.stop(serving ? GRPC_DRAIN : Duration.ZERO);
            grpc = null;
        }
        if (server != null) {
            server.stop(serving ? HTTP_DRAIN : Duration.ZERO);
            server = null;
        }
        if (hub != null) {
            await(hub.stopHub("told to"), HUB_STOP, "The hub did not stop cleanly");
            await(hub.handOver(), HAND_OVER, "No other node has everything that this one knew");
            await(hub.stopRecording(), RECORDER_STOP, "The event recorder did not stop cleanly");
            hub.close();
            assembly = null;
        }
        FileJournal journal = kept;
        if (journal != null) {
            journal.close();
            kept = null;
        }
        if (storage != null) {
            try {
                storage.close();
            } catch (IOException e) {
                LOG.atError().addKeyValue("err", e.getMessage()).log("Closing the storage failed");
            }
            storage = null;
        }
        ConfiguredTracing traces = tracing;
        if (traces != null) {
            traces.close();
            tracing = null;
        }
        loop.close();
    }

    private static void await(CompletionStage<Void> stopped, Duration limit, String otherwise) {
        try {
            stopped.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atError().addKeyValue("err", String.valueOf(e.getMessage())).log(otherwise);
        }
    }
}
