package dev.tocsin.it.sim.world;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.cluster.Cluster;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Timings;
import dev.tocsin.cluster.protocol.UnreadableMessages;
import dev.tocsin.cluster.protocol.claim.Tie;
import dev.tocsin.cluster.protocol.sync.SyncOptions;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ask.LoneAsks;
import dev.tocsin.core.claim.LocalClaims;
import dev.tocsin.core.config.BareWebhookKind;
import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.explain.Nodes;
import dev.tocsin.core.explain.PastConfigs;
import dev.tocsin.core.group.DispatcherOptions;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.hub.HubNode;
import dev.tocsin.core.hub.HubOptions;
import dev.tocsin.core.hub.HubParts;
import dev.tocsin.core.hub.Membership;
import dev.tocsin.core.ingest.AlertValidator;
import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.journal.peer.PeerJournals;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.LogMaintenance;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.notify.Sender;
import dev.tocsin.core.pipeline.PipelineContext;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.AlertStoreOptions;
import dev.tocsin.core.store.silence.SilenceOptions;
import dev.tocsin.core.store.silence.SilenceStore;
import dev.tocsin.core.template.TestTemplates;
import dev.tocsin.core.trace.Tracing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One run of the process on a machine: the production classes, joined as the application joins them. */
final class Life {
    private static final Duration RETENTION = Duration.ofDays(5);
    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final Duration HAND_OVER = Duration.ofSeconds(3);
    private static final Duration GC_INTERVAL = Duration.ofMinutes(30);

    private final World world;
    private final Machine machine;
    private final int number;
    private final LifeLoop loop;
    private final LifeWorkers workers;
    private final MemoryStorage storage;
    private final SimTransport transport;
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final AlertStore alerts;
    private final HubNode hub;
    private @Nullable Cluster cluster;
    private @Nullable ClusterJournal history;

    /**
     * Starts.
     *
     * @param number counts the lives of the machine
     */
    Life(World world, Machine machine, int number, RandomGenerator random, Network network) {
        this.world = world;
        this.machine = machine;
        this.number = number;
        this.loop = new LifeLoop(machine, world.broken(machine.index()));
        this.workers = new LifeWorkers(loop);
        MemoryStorage before = machine.disk();
        this.storage = before == null ? new MemoryStorage(loop) : before.kill(loop);
        this.transport = new SimTransport(network, loop, machine.index(), world.nodes());
        this.alerts = new AlertStore(
                new AlertStoreOptions(GC_INTERVAL, world.settings().alerts() + 1, false, true),
                machine,
                loop,
                storage,
                metrics);
        try {
            this.hub = join(random);
        } catch (IOException e) {
            throw new IllegalStateException("a disk in memory failed", e);
        }
    }

    private HubNode join(RandomGenerator random) throws IOException {
        SimJournal journal = new SimJournal(
                world.time(),
                world.history(),
                machine.index(),
                number,
                new MemoryJournal(machine.name(), machine, metrics, 5_000, 5_000_000));
        alerts.load();
        SilenceStore silences =
                new SilenceStore(SilenceOptions.DEFAULTS, machine, loop, workers, random, storage, metrics, journal);
        silences.load();
        LogMetrics logMetrics = new LogMetrics(metrics);
        NotificationLog log = new NotificationLog(storage, machine, logMetrics);
        Replica replica = new Replica(storage, workers, random, machine);
        Cluster joined = world.settings().clustered()
                ? new Cluster(
                        context(replica, random, journal),
                        storage,
                        workers,
                        new Cluster.Stores(alerts, silences, log),
                        Tie.WAIT,
                        new SyncOptions(GC_INTERVAL, RETENTION))
                : null;
        cluster = joined;
        ClusterJournal journals = new PeerJournals(
                journal.kept(),
                joined == null ? new LoneAsks(machine.name(), loop) : joined.asks(),
                machine,
                loop,
                workers);
        history = journals;
        PipelineContext pipeline = new PipelineContext(
                new Sender(machine, loop, workers, random, new NotificationMetrics(metrics, false)),
                log,
                replica,
                joined == null ? NodeNames.DEFAULTS : joined.names(),
                joined == null ? new LocalClaims() : joined.claims(),
                journal,
                EventRecorder.NONE,
                Tracing.NONE,
                URI.create("http://hub.example:9093"),
                RETENTION);
        HubParts parts = new HubParts(
                machine,
                loop,
                workers,
                metrics,
                journal,
                journals,
                EventRecorder.NONE,
                Tracing.NONE,
                new AlertValidator(MatcherMode.FALLBACK, ZoneOffset.UTC, metrics),
                alerts,
                silences,
                pipeline,
                new LogMaintenance(log, storage, machine, loop, workers, logMetrics, Duration.ofMinutes(15)),
                TestTemplates.loader(machine),
                new SimNotifiers(world, this),
                new ConfigPrinter(List.of(new BareWebhookKind())),
                new Membership.Alone(machine.name(), "192.0.2.1:9094"),
                joined == null ? new Turns.AlwaysOurs() : joined.turns(),
                joined == null ? new Nodes.Alone(machine.name(), replica.id()) : joined.nodes(),
                SimConfigs::read,
                new PastConfigs(machine, loop, workers, storage, SimConfigs::read));
        return new HubNode(
                parts,
                new HubOptions(
                        "sim",
                        new DispatcherOptions(Duration.ofSeconds(30), Duration.ZERO, machine.now()),
                        false,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(4)));
    }

    private ClusterContext context(Replica replica, RandomGenerator random, SimJournal journal) {
        return new ClusterContext(
                machine.name(),
                replica.id(),
                replica.incarnation(),
                machine,
                loop,
                transport,
                random,
                metrics,
                journal,
                new UnreadableMessages(metrics, machine),
                Timings.DEFAULTS,
                world.settings().suspended());
    }

    /** Puts the configuration in force; the first call lets the hub run. */
    void configure(ConfigResult.Loaded loaded) {
        hub.apply(loaded.config()).thenRun(() -> configured(loaded));
    }

    private void configured(ConfigResult.Loaded loaded) {
        if (cluster != null) {
            cluster.members().configured(Long.toHexString(loaded.hash()));
        }
    }

    void begin(ConfigResult.Loaded loaded) {
        hub.apply(loaded.config()).thenRun(() -> {
            hub.start();
            configured(loaded);
            if (cluster != null) {
                cluster.start();
            }
        });
    }

    /** Whether the store says that the alert fires. */
    boolean holds(LabelSet labels) {
        Alert alert = alerts.find(labels.fingerprint());
        return alert != null && !alert.resolvedAt(machine.now());
    }

    /** Stops as on SIGTERM: hands over its groups, then what it knew last. */
    void stop(Runnable done) {
        Cluster joined = cluster;
        if (joined == null) {
            hub.stop("told to").whenComplete((ok, failed) -> done.run());
            return;
        }
        loop.execute(() -> within(
                LEAVE,
                joined::leave,
                () -> hub.stop("told to").whenComplete((ok, failed) -> {
                    joined.takeNothing();
                    within(HAND_OVER, joined::handOver, () -> {
                        joined.stop();
                        done.run();
                    });
                })));
    }

    /** Does one thing and then the other, when the first is done or the time is over. */
    private void within(Duration limit, Consumer<Runnable> first, Runnable then) {
        boolean[] over = {false};
        Runnable once = () -> {
            if (!over[0]) {
                over[0] = true;
                then.run();
            }
        };
        loop.schedule(limit, once);
        first.accept(once);
    }

    /** The process is gone. Returns what its disk holds; {@code power} whether the machine keeps what was not synced. */
    MemoryStorage die(boolean power, Dice dice) {
        loop.die();
        transport.close();
        return power ? storage.kill(loop) : storage.crash(dice.below(200), loop);
    }

    /** A copy of what its disk holds now. */
    MemoryStorage backup() {
        return storage.copy();
    }

    int number() {
        return number;
    }

    Machine machine() {
        return machine;
    }

    LifeLoop loop() {
        return loop;
    }

    LifeWorkers workers() {
        return workers;
    }

    SimTransport transport() {
        return transport;
    }

    HubNode hub() {
        return hub;
    }

    ClusterJournal history() {
        return Objects.requireNonNull(history);
    }

    AlertStore alerts() {
        return alerts;
    }

    /** Whether it knows what the others know. */
    boolean warm() {
        return cluster == null || cluster.members().warm();
    }

    /** How often it asked another node what became of a due group. */
    long nudges() {
        return cluster == null
                ? 0
                : (long) metrics.counter(
                                "tocsin_cluster_nudges_total",
                                "Questions to other nodes that were silent about a due group.")
                        .labels()
                        .value();
    }

    /** How many ingested batches too few others have taken in time. */
    long unreplicated() {
        return cluster == null
                ? 0
                : (long) metrics.counter("tocsin_ingest_unreplicated_total", "")
                        .labels()
                        .value();
    }
}
