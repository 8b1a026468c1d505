package dev.tocsin.app;

import dev.tocsin.app.Features.Feature;
import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.cluster.Cluster;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.ask.LoneAsks;
import dev.tocsin.core.claim.LocalClaims;
import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.event.EventData;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.event.QueuedEventRecorder;
import dev.tocsin.core.event.RecordedJournal;
import dev.tocsin.core.explain.Nodes;
import dev.tocsin.core.explain.PastConfigs;
import dev.tocsin.core.group.DispatcherOptions;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.hub.ConfigReloader;
import dev.tocsin.core.hub.HubNode;
import dev.tocsin.core.hub.HubOptions;
import dev.tocsin.core.hub.HubParts;
import dev.tocsin.core.hub.Membership;
import dev.tocsin.core.ingest.AlertValidator;
import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalReader;
import dev.tocsin.core.journal.peer.PeerJournals;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.notify.Sender;
import dev.tocsin.core.pipeline.PipelineContext;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import dev.tocsin.core.template.ExecutionLimits;
import dev.tocsin.core.template.TemplateLoader;
import dev.tocsin.core.trace.Tracing;
import dev.tocsin.notifiers.Integrations;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.event.HttpEventPosters;
import dev.tocsin.notifiers.http.OutboundClients;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Builds the rooms of the hub and joins them. First {@link #load()}, which reads the disk, then {@link #assemble} once the
 * public address is known. One thread.
 */
final class HubAssembly implements AutoCloseable {
    private static final Duration RELOAD_PATIENCE = Duration.ofMinutes(1);
    private static final Duration RECORDER_PATIENCE = Duration.ofSeconds(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

    private final FlagValues flags;
    private final Features features;
    private final Version version;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final Metrics metrics;
    private final Journal journal;
    private final JournalReader reader;
    private final Storage storage;
    private final MatcherParser matchers;
    private final Tracing tracing;
    private final String name;
    private final Replica replica;
    private final RandomGenerator random;
    private final Instant processStart;
    private final StoreAssembly stores;
    private final OutboundClients clients;
    private final Outbound outbound;
    private final @Nullable QueuedEventRecorder events;
    private @Nullable ClusterAssembly cluster;
    private final Late<HubParts> parts = new Late<>("assemble");
    private final Late<Asks> asks = new Late<>("assemble");
    private final Late<ClusterJournal> history = new Late<>("assemble");
    private final Late<HubNode> node = new Late<>("assemble");
    private final Late<ConfigReloader> reloader = new Late<>("assemble");

    HubAssembly(
            FlagValues flags,
            Features features,
            Version version,
            Clock clock,
            Scheduler loop,
            Workers workers,
            Metrics metrics,
            Journal journal,
            JournalReader reader,
            Storage storage,
            MatcherParser matchers,
            Tracing tracing,
            RandomGenerator random,
            String name,
            Replica replica) {
        this.flags = flags;
        this.features = features;
        this.version = version;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.metrics = metrics;
        this.tracing = tracing;
        this.random = random;
        this.name = name;
        this.replica = replica;
        this.clients = new OutboundClients(
                InetAddress::getAllByName, System.getenv(), "Alertmanager/" + Version.COMPATIBLE, tracing);
        this.outbound = new Outbound(clients, new ConnectionMetrics(metrics), clock);
        this.events = recorder();
        this.journal = events == null
                ? journal
                : new RecordedJournal(journal, events, new EventData.Startup(Version.COMPATIBLE, buildContext()));
        this.reader = reader;
        this.storage = storage;
        this.matchers = matchers;
        this.processStart = clock.now();
        this.stores = new StoreAssembly(
                flags, features, clock, loop, workers, random, storage, metrics, this.journal, matchers);
    }

    /** Null unless the feature is on. */
    private @Nullable QueuedEventRecorder recorder() {
        if (!features.has(Feature.EVENT_RECORDER)) {
            return null;
        }
        return new QueuedEventRecorder(
                hostName(),
                this::position,
                new FileOutputStream(FileDescriptor.out),
                new HttpEventPosters(outbound),
                clock,
                loop,
                workers,
                random,
                metrics);
    }

    private int position() {
        ClusterAssembly joined = cluster;
        return joined == null ? 0 : joined.membership().position();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private String buildContext() {
        return "(java=" + Runtime.version() + ", tocsin=" + version.own() + ", branch=" + version.branch() + ")";
    }

    /**
     * Reads what is on the disk.
     *
     * @throws StartupException if something there is damaged
     */
    void load() throws StartupException {
        stores.load();
    }

    /**
     * Takes the cluster's port, unless clustering is off.
     *
     * @throws StartupException if it cannot be had
     */
    void join() throws StartupException {
        NotificationLog entries = stores.log();
        if (!flags.text("cluster.listen-address").isEmpty()) {
            cluster = new ClusterAssembly(
                    flags,
                    clock,
                    loop,
                    workers,
                    random,
                    storage,
                    metrics,
                    journal,
                    name,
                    replica,
                    new Cluster.Stores(stores.alerts(), stores.silences(), entries));
        }
    }

    /** Joins the rooms; nothing moves yet. */
    void assemble(URI externalUrl) {
        NotificationLog entries = stores.log();
        ClusterAssembly joined = cluster;
        Asks questions = asks.set(joined == null ? new LoneAsks(name, loop) : joined.asks());
        ClusterJournal journals = history.set(new PeerJournals(reader, questions, clock, loop, workers));
        Sender sender = new Sender(
                clock,
                loop,
                workers,
                random,
                new NotificationMetrics(metrics, features.has(Feature.RECEIVER_NAME_IN_METRICS)));
        EventRecorder recorded = events == null ? EventRecorder.NONE : events;
        PipelineContext pipeline = new PipelineContext(
                sender,
                entries,
                replica,
                joined == null ? NodeNames.DEFAULTS : joined.names(),
                joined == null ? new LocalClaims() : joined.claims(),
                journal,
                recorded,
                tracing,
                externalUrl,
                flags.duration("data.retention"));
        Path file = Path.of(flags.text("config.file"));
        ConfigLoader loader = new ConfigLoader(Integrations.kinds(), matchers, ZoneId.systemDefault());
        HubParts rooms = parts.set(new HubParts(
                clock,
                loop,
                workers,
                metrics,
                journal,
                journals,
                recorded,
                tracing,
                new AlertValidator(matchers.mode(), ZoneId.systemDefault(), metrics),
                stores.alerts(),
                stores.silences(),
                pipeline,
                stores.logMaintenance(),
                new TemplateLoader(clock, ZoneId.systemDefault(), ExecutionLimits.NOTIFICATION),
                new Integrations(outbound),
                new ConfigPrinter(Integrations.kinds()),
                joined == null ? new Membership.Disabled() : joined.membership(),
                joined == null ? new Turns.AlwaysOurs() : joined.turns(),
                joined == null ? new Nodes.Alone(name, replica.id()) : joined.nodes(),
                text -> loader.parse(text, file),
                new PastConfigs(clock, loop, workers, storage, text -> loader.parse(text, file))));
        HubNode hub = node.set(new HubNode(
                rooms,
                new HubOptions(
                        version.own(),
                        new DispatcherOptions(
                                flags.duration("dispatch.maintenance-interval"),
                                flags.duration("dispatch.start-delay"),
                                processStart),
                        features.has(Feature.GROUP_KEY_IN_METRICS),
                        RELOAD_PATIENCE,
                        STOP_PATIENCE)));
        ConfigReloader files = reloader.set(new ConfigReloader(
                flags.text("config.file"), () -> loader.load(file), hub, clock, loop, workers, metrics, journal));
        if (joined != null) {
            files.listen(joined::configured);
        }
    }

    /**
     * Hands the events that wait to their outputs and closes these. Call it when the hub has stopped.
     *
     * @return completes on the hub loop
     */
    CompletionStage<Void> stopRecording() {
        return events == null ? CompletableFuture.completedFuture(null) : events.stop(RECORDER_PATIENCE);
    }

    /** What the hub is made of. */
    HubParts parts() {
        return parts.get();
    }

    /** What all nodes decided, for those who ask. */
    ClusterJournal history() {
        return history.get();
    }

    /** Questions to the other nodes. */
    Asks asks() {
        return asks.get();
    }

    /** Looks for the other nodes, if there is a cluster. */
    void meet() {
        ClusterAssembly joined = cluster;
        if (joined != null) {
            loop.execute(joined::start);
        }
    }

    /** Why requests should go to another node; null if they need not. */
    @Nullable String unready() {
        ClusterAssembly joined = cluster;
        return joined == null ? null : joined.unready();
    }

    /** Tells the other nodes that this one is about to stop: they take its groups. */
    CompletionStage<Void> leave() {
        ClusterAssembly joined = cluster;
        return joined == null ? CompletableFuture.completedFuture(null) : joined.leave();
    }

    /** Stops the hub, if it has been assembled. */
    CompletionStage<Void> stopHub(String why) {
        HubNode built = node.orNull();
        ClusterAssembly joined = cluster;
        if (built == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (joined == null) {
            return built.stop(why);
        }
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        // on the loop, so that no message comes between the end of the stores and the last one that is taken
        loop.execute(() -> built.stop(why).whenComplete((done, failure) -> {
            joined.takeNothing();
            if (failure == null) {
                stopped.complete(null);
            } else {
                stopped.completeExceptionally(failure);
            }
        }));
        return stopped;
    }

    /** Waits until another node has what this one knew last. */
    CompletionStage<Void> handOver() {
        ClusterAssembly joined = cluster;
        return joined == null ? CompletableFuture.completedFuture(null) : joined.handOver();
    }

    HubNode node() {
        return node.get();
    }

    ConfigReloader reloader() {
        return reloader.get();
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
        clients.close();
    }
}
