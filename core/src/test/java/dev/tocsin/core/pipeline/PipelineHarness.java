package dev.tocsin.core.pipeline;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.claim.Claims;
import dev.tocsin.core.claim.LocalClaims;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.config.ReceiverConfig.Integration;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.group.FlushResult;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.inhibit.Inhibitor;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.notify.NotifierFactory;
import dev.tocsin.core.notify.ReceiverHealth;
import dev.tocsin.core.notify.Receivers;
import dev.tocsin.core.notify.ScriptedNotifier;
import dev.tocsin.core.notify.Sender;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.silence.FixedSilences;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.template.TestTemplates;
import dev.tocsin.core.trace.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A pipeline with all that it needs, on virtual time: one receiver {@code team} whose integrations are scripted, one route
 * with a repeat interval of an hour. It can be reloaded, and started again on the disk that a dead one left.
 */
final class PipelineHarness {
    static final Duration REPEAT = Duration.ofHours(1);
    static final Duration RETENTION = Duration.ofDays(5);
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** An integration without settings of its own. */
    record Settings(boolean sendResolved) implements IntegrationConfig {}

    /** What a start makes anew. */
    private static final class Node {
        final Metrics metrics = new Metrics(new MetricRegistry());
        final MetricValues values = new MetricValues(metrics);
        final NotificationMetrics notifications = new NotificationMetrics(metrics, false);
        final MemoryJournal journal;
        final NotificationLog log;
        final Replica replica;

        Node(MemoryStorage storage, VirtualTime time, VirtualWorkers workers) {
            journal = new MemoryJournal("a", time, metrics, 1000, 1_000_000);
            try {
                log = new NotificationLog(storage, time, new LogMetrics(metrics));
                replica = new Replica(storage, workers, new Random(42), time);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    final VirtualTime time = new VirtualTime();
    final VirtualWorkers workers = new VirtualWorkers(time);
    final Instant start = time.now();
    final Route route =
            new RouteBuilder().receiver("team").repeat(REPEAT).tree().root();
    final List<ScriptedNotifier> notifiers = new ArrayList<>();
    final FixedSilences silences = new FixedSilences();
    final List<FlushResult> results = new ArrayList<>();
    RouteIntervals intervals = RouteIntervals.NONE;
    Pipeline pipeline;

    private final ReceiverConfig receiver;
    private MemoryStorage storage = new MemoryStorage(time);
    private Claims claims = new LocalClaims();
    private Node node;

    /** @param sendResolved one integration {@code webhook} for each, which tells whether it hears of resolved alerts */
    PipelineHarness(boolean... sendResolved) {
        List<Integration> integrations = new ArrayList<>();
        for (int i = 0; i < sendResolved.length; i++) {
            integrations.add(new Integration("webhook", i, new Settings(sendResolved[i])));
            notifiers.add(new ScriptedNotifier(time, workers));
        }
        receiver = new ReceiverConfig("team", Map.of("name", "team"), integrations);
        node = new Node(storage, time, workers);
        pipeline = build();
    }

    private Pipeline build() {
        Sender sender = new Sender(time, time, workers, new Random(7), node.notifications);
        PipelineContext context = new PipelineContext(
                sender,
                node.log,
                node.replica,
                NodeNames.DEFAULTS,
                claims,
                node.journal,
                EventRecorder.NONE,
                Tracer.NONE,
                URI.create("http://am.example:9093"),
                RETENTION);
        try {
            Receivers receivers = Receivers.build(
                    List.of(receiver),
                    (config, integration, templates) -> notifiers.get(integration.index()),
                    TestTemplates.builtIn(time));
            MuteStages stages = new MuteStages(new Inhibitor(List.of()), silences);
            return new Pipeline(context, stages, any -> intervals, receivers);
        } catch (InvalidMatcherException | NotifierFactory.NotifierBuildException e) {
            throw new AssertionError(e);
        }
    }

    /** A new configuration like the old one is in force; returns the old pipeline. */
    Pipeline reload() {
        Pipeline old = pipeline;
        pipeline = build();
        return old;
    }

    /** From now on this is who hands out claims. */
    void claims(Claims other) {
        claims = other;
        pipeline = build();
    }

    /** The process dies and starts again. */
    void kill() {
        startOn(storage.kill());
    }

    /** The machine loses power and starts again. */
    void losePower() {
        startOn(storage.crash());
    }

    private void startOn(MemoryStorage disk) {
        storage = disk;
        claims = new LocalClaims();
        results.clear();
        node = new Node(storage, time, workers);
        pipeline = build();
    }

    MemoryStorage storage() {
        return storage;
    }

    MetricValues values() {
        return node.values;
    }

    Metrics metrics() {
        return node.metrics;
    }

    ReceiverHealth health() {
        return node.notifications.health();
    }

    Replica replica() {
        return node.replica;
    }

    ScriptedNotifier notifier() {
        return notifiers.getFirst();
    }

    /** The alert called {@code name}, firing. */
    Alert firing(String name) {
        return TestAlert.of(LabelSet.of("alertname", name), start, start.plus(Duration.ofDays(9)), start);
    }

    /** The alert called {@code name}, over. */
    Alert resolved(String name) {
        return TestAlert.resolved(firing(name), start);
    }

    Cancellable flush(Alert... alerts) {
        return flush("{}:{}", alerts);
    }

    Cancellable flush(String groupKey, Alert... alerts) {
        Instant now = time.now();
        Cancellable flush = pipeline.flush(
                new GroupFlush(route, groupKey, LabelSet.EMPTY, Map.of(), List.of(alerts), now, now, "", 1, TIMEOUT),
                results::add);
        time.settle();
        return flush;
    }

    /** Whether each flush since the start ended well, in the order of their ends. */
    List<Boolean> outcomes() {
        return results.stream().map(FlushResult::ok).toList();
    }

    /** The names of the alerts in each notification to the first integration. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        notifier().notifications().forEach(notification -> {
            StringBuilder all = new StringBuilder();
            notification.alerts().forEach(alert -> all.append(alert.name()));
            names.add(all.toString());
        });
        return names;
    }

    /** What the journal says, oldest first, one line an event, numbers of notifications made equal. */
    List<String> journalLines() {
        List<String> lines = new ArrayList<>();
        node.journal
                .query(JournalFilter.ALL, JournalCursor.NONE, 1000)
                .entries()
                .forEach(entry -> lines.addFirst(entry.event().getClass().getSimpleName() + ": "
                        + entry.event().reason().replaceAll("number \\d+", "number N")));
        return lines;
    }
}
