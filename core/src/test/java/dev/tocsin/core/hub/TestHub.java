package dev.tocsin.core.hub;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.ask.LoneAsks;
import dev.tocsin.core.claim.LocalClaims;
import dev.tocsin.core.config.BareWebhookKind;
import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.event.RecordedEvents;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.Nodes;
import dev.tocsin.core.explain.PastConfigs;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.group.DispatcherOptions;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.AlertValidator;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.journal.peer.PeerJournals;
import dev.tocsin.core.log.LogMaintenance;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.notify.Sender;
import dev.tocsin.core.pipeline.PipelineContext;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.AlertStoreOptions;
import dev.tocsin.core.store.silence.SilenceOptions;
import dev.tocsin.core.store.silence.SilenceStore;
import dev.tocsin.core.template.TestTemplates;
import dev.tocsin.core.trace.RecordedSpans;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A whole hub in one thread on virtual time, with a disk in memory and receivers that do as they are told. */
final class TestHub {
    private static final AlertSource ONE_SHOT = new AlertSource("192.0.2.1", "curl/8");
    private static final List<IntegrationKind> KINDS = List.of(new BareWebhookKind());

    private final VirtualTime time;
    private final Instant start;
    private final TestReceivers receivers;
    private final VirtualWorkers workers;
    private final MemoryStorage storage;
    private final MortalLoop loop;
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MemoryJournal journal;
    private final RecordedEvents events = new RecordedEvents();
    private final RecordedSpans tracing = new RecordedSpans();
    private final HubNode hub;
    private final ConfigReloader reloader;
    private String yaml;

    /** A hub on an empty disk, running. */
    static TestHub start(String yaml) {
        return start(yaml, Duration.ZERO);
    }

    /** As {@link #start(String)} with a start delay. */
    static TestHub start(String yaml, Duration startDelay) {
        VirtualTime time = new VirtualTime();
        VirtualWorkers workers = new VirtualWorkers(time);
        TestHub hub = new TestHub(
                yaml, time, time.now(), workers, new TestReceivers(time, workers), new MemoryStorage(time), startDelay);
        hub.run();
        return hub;
    }

    private TestHub(
            String yaml,
            VirtualTime time,
            Instant start,
            VirtualWorkers workers,
            TestReceivers receivers,
            MemoryStorage storage,
            Duration startDelay) {
        this.yaml = yaml;
        this.time = time;
        this.start = start;
        this.workers = workers;
        this.receivers = receivers;
        this.storage = storage;
        this.loop = new MortalLoop(time);
        this.journal = new MemoryJournal("n1", time, metrics, 1000, 1_000_000);
        try {
            this.hub = new HubNode(parts(), options(startDelay));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        ConfigLoader loader = new ConfigLoader(KINDS, new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC);
        this.reloader = new ConfigReloader(
                "test.yml",
                () -> loader.parse(this.yaml, Path.of("test.yml")),
                hub,
                time,
                loop,
                workers,
                metrics,
                journal);
    }

    private HubParts parts() throws IOException {
        AlertStore alerts = new AlertStore(AlertStoreOptions.DEFAULTS, time, loop, storage, metrics);
        alerts.load();
        Random random = new Random(7);
        SilenceStore silences =
                new SilenceStore(SilenceOptions.DEFAULTS, time, loop, workers, random, storage, metrics, journal);
        silences.load();
        LogMetrics logMetrics = new LogMetrics(metrics);
        NotificationLog log = new NotificationLog(storage, time, logMetrics);
        Replica replica = new Replica(storage, workers, random, time);
        PipelineContext pipeline = new PipelineContext(
                new Sender(time, loop, workers, random, new NotificationMetrics(metrics, false)),
                log,
                replica,
                NodeNames.DEFAULTS,
                new LocalClaims(),
                journal,
                events,
                tracing,
                URI.create("http://hub.example:9093"),
                Duration.ofDays(5));
        return new HubParts(
                time,
                loop,
                workers,
                metrics,
                journal,
                new PeerJournals(journal, new LoneAsks("n1", loop), time, loop, workers),
                events,
                tracing,
                new AlertValidator(MatcherMode.FALLBACK, ZoneOffset.UTC, metrics),
                alerts,
                silences,
                pipeline,
                new LogMaintenance(log, storage, time, loop, workers, logMetrics, Duration.ofMinutes(15)),
                TestTemplates.loader(time),
                receivers,
                new ConfigPrinter(KINDS),
                new Membership.Alone("n1", "192.0.2.9:9094"),
                new Turns.AlwaysOurs(),
                new Nodes.Alone("n1", replica.id()),
                TestHub::parse,
                new PastConfigs(time, loop, workers, storage, TestHub::parse));
    }

    private static ConfigResult parse(String text) {
        return new ConfigLoader(KINDS, new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC)
                .parse(text, Path.of("test.yml"));
    }

    private HubOptions options(Duration startDelay) {
        return new HubOptions(
                "1.0",
                new DispatcherOptions(Duration.ofSeconds(30), startDelay, time.now()),
                false,
                Duration.ofMinutes(1),
                Duration.ofSeconds(3));
    }

    private void run() {
        ApplyResult result = await(reloader.reload());
        if (result instanceof ApplyResult.Refused(String error)) {
            throw new AssertionError(error);
        }
        hub.start();
        time.settle();
    }

    /** Kills the process and starts another one on what its disk holds, with the same configuration. */
    TestHub killAndRestart() {
        loop.kill();
        return successor(storage.kill());
    }

    /** Stops the hub and starts another one on its disk. */
    TestHub restart() {
        CompletionStage<Void> stopped = hub.stop("test");
        time.advance(Duration.ofSeconds(5));
        stopped.toCompletableFuture().join();
        loop.kill();
        return successor(storage.kill());
    }

    private TestHub successor(MemoryStorage disk) {
        TestHub next = new TestHub(yaml, time, start, workers, receivers, disk, Duration.ZERO);
        next.run();
        return next;
    }

    /** Moves time on to {@code second} after the first start. */
    void at(double second) {
        Instant then = start.plusMillis(Math.round(second * 1000));
        time.advance(Duration.between(time.now(), then));
    }

    /** Posts alerts at {@code second}, as one request of a client that does not re-send. */
    List<String> post(double second, Posted... alerts) {
        at(second);
        return post(ONE_SHOT, alerts);
    }

    /** Posts alerts now. */
    List<String> post(AlertSource source, Posted... alerts) {
        List<PostedAlert> batch = new ArrayList<>();
        for (Posted alert : alerts) {
            batch.add(alert.posted(start));
        }
        return await(hub.ingest(batch, source));
    }

    /** Loads {@code config} at {@code second}. */
    ApplyResult reload(double second, String config) {
        yaml = config;
        return reload(second);
    }

    /** Loads the same configuration again. */
    ApplyResult reload(double second) {
        at(second);
        return await(reloader.reload());
    }

    /** Makes a silence of one matcher at {@code second} and returns its id. */
    String silence(double second, double from, double to, String name, String value, boolean isRegex) {
        at(second);
        Silences.Draft draft = new Silences.Draft(
                "",
                List.of(new Silences.MatcherDraft(name, value, isRegex, true)),
                start.plusMillis(Math.round(from * 1000)),
                start.plusMillis(Math.round(to * 1000)),
                "me",
                "why",
                Map.of());
        Silences.SetResult result = await(hub.silences().set(draft));
        if (result instanceof Silences.SetResult.Stored(String id)) {
            return id;
        }
        throw new AssertionError(result);
    }

    void expire(double second, String silence) {
        at(second);
        if (!await(hub.silences().expire(silence))) {
            throw new AssertionError("unknown silence " + silence);
        }
    }

    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        time.settle();
        for (int i = 0; i < 100 && !future.isDone(); i++) {
            time.advance(Duration.ofMillis(1)); // the disk gathers appends for a few milliseconds
        }
        if (!future.isDone()) {
            throw new AssertionError("no answer");
        }
        return future.join();
    }

    /** Asks why an alert was notified or not. */
    Explanation explain(Question question) {
        return await(hub.explain(question));
    }

    /** Asks what would be. */
    WhatIfAnswer whatIf(Candidate candidate) {
        return await(hub.whatIf(candidate, 10));
    }

    /** Virtual seconds since the start. */
    double seconds() {
        return Duration.between(start, time.now()).toMillis() / 1000.0;
    }

    HubNode hub() {
        return hub;
    }

    ConfigReloader reloader() {
        return reloader;
    }

    VirtualTime time() {
        return time;
    }

    MemoryJournal journal() {
        return journal;
    }

    /** What the event recorder was told. */
    RecordedEvents events() {
        return events;
    }

    /** The spans of all work. */
    RecordedSpans tracing() {
        return tracing;
    }

    TestReceivers receivers() {
        return receivers;
    }

    List<String> sent(String url) {
        return receivers.sent(url);
    }

    /** The value of a gauge. */
    double gauge(String name, String... labelValues) {
        metrics.collect();
        String[] labelNames = new String[labelValues.length];
        Arrays.fill(labelNames, "label");
        return metrics.gauge(name, "", labelNames).labels(labelValues).value();
    }

    /** The value of a counter without labels. */
    double counter(String name, String... labelValues) {
        String[] labelNames = new String[labelValues.length];
        Arrays.fill(labelNames, "label");
        return metrics.counter(name, "", labelNames).labels(labelValues).value();
    }
}
