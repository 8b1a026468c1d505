package dev.tocsin.it.sim.world;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.claim.LocalClaims;
import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.group.DispatcherOptions;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.hub.HubNode;
import dev.tocsin.core.hub.HubOptions;
import dev.tocsin.core.hub.HubParts;
import dev.tocsin.core.hub.Membership;
import dev.tocsin.core.ingest.AlertValidator;
import dev.tocsin.core.log.LogMaintenance;
import dev.tocsin.core.log.LogMetrics;
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
import java.util.random.RandomGenerator;

/** One run of the process on a machine: the production classes, joined as the application joins them. */
final class Life {
    private static final Duration RETENTION = Duration.ofHours(120);
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
        this.alerts =
                new AlertStore(new AlertStoreOptions(GC_INTERVAL, 0, false, true), machine, loop, storage, metrics);
        try {
            this.hub = join(random);
        } catch (IOException e) {
            throw new IllegalStateException("a disk in memory failed", e);
        }
    }

    private HubNode join(RandomGenerator random) throws IOException {
        SimJournal journal = new SimJournal(world.time(), world.history(), machine.index(), number);
        alerts.load();
        SilenceStore silences =
                new SilenceStore(SilenceOptions.DEFAULTS, machine, loop, workers, random, storage, metrics, journal);
        silences.load();
        LogMetrics logMetrics = new LogMetrics(metrics);
        NotificationLog log = new NotificationLog(storage, machine, logMetrics);
        Replica replica = new Replica(storage, workers, random);
        PipelineContext pipeline = new PipelineContext(
                new Sender(machine, loop, workers, random, new NotificationMetrics(metrics, false)),
                log,
                replica,
                new LocalClaims(),
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
                EventRecorder.NONE,
                Tracing.NONE,
                new AlertValidator(MatcherMode.FALLBACK, ZoneOffset.UTC, metrics),
                alerts,
                silences,
                pipeline,
                new LogMaintenance(log, storage, machine, loop, workers, logMetrics, Duration.ofMinutes(15)),
                TestTemplates.loader(machine),
                new SimNotifiers(world, this),
                new ConfigPrinter(List.of(new SimKind())),
                new Membership.Alone(machine.name(), "192.0.2.1:9094"),
                new Turns.AlwaysOurs());
        return new HubNode(
                parts,
                new HubOptions(
                        "sim",
                        new DispatcherOptions(Duration.ofSeconds(30), Duration.ZERO, machine.now()),
                        false,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(4)));
    }

    /** Puts the configuration in force; the first call lets the hub run. */
    void configure(ConfigResult.Loaded loaded) {
        hub.apply(loaded.config());
    }

    void begin(ConfigResult.Loaded loaded) {
        hub.apply(loaded.config()).thenRun(hub::start);
    }

    /** Whether the store says that all these alerts fire. */
    boolean holds(long firing, Truth truth) {
        for (int i = 0; i < truth.alerts(); i++) {
            if ((firing >>> i & 1) == 1) {
                Alert alert = alerts.find(truth.labels(i).fingerprint());
                if (alert == null || alert.resolvedAt(machine.now())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Stops as on SIGTERM. */
    void stop(Runnable done) {
        hub.stop("told to").whenComplete((ok, failed) -> done.run());
    }

    /** The process is gone. Returns what its disk holds; {@code power} whether the machine keeps what was not synced. */
    MemoryStorage die(boolean power, Dice dice) {
        loop.die();
        transport.close();
        return power ? storage.kill(loop) : storage.crash(dice.below(200), loop);
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

    AlertStore alerts() {
        return alerts;
    }

    /** Whether it knows what the others know. */
    boolean warm() {
        return true;
    }

    /** How many ingested batches too few others have taken in time. */
    long unreplicated() {
        return 0;
    }
}
