package dev.tocsin.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.claim.LocalClaims;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.group.DispatcherOptions;
import dev.tocsin.core.group.RouteLabels;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.group.TimeMuteMarks;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.inhibit.Inhibitor;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.Receivers;
import dev.tocsin.core.notify.ScriptedNotifier;
import dev.tocsin.core.notify.Sender;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.silence.FixedSilences;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.template.TestTemplates;
import dev.tocsin.core.trace.Tracer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked timeline of contract section 13.1: dispatcher and pipeline together, receiver A well, receiver F broken. */
class TimelineTest {
    private final VirtualTime time = new VirtualTime();
    private final VirtualWorkers workers = new VirtualWorkers(time);
    private final Instant start = time.now();
    private final ScriptedNotifier good = new ScriptedNotifier(time, workers);
    private final ScriptedNotifier broken = new ScriptedNotifier(time, workers);
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MetricValues values = new MetricValues(metrics);

    private Dispatcher dispatcher(long seed) throws Exception {
        MemoryStorage storage = new MemoryStorage(time);
        Journal journal = new MemoryJournal("a", time, metrics, 1000, 1_000_000);
        Sender sender = new Sender(time, time, workers, new Random(seed), new NotificationMetrics(metrics, false));
        PipelineContext context = new PipelineContext(
                sender,
                new NotificationLog(storage, time, new LogMetrics(metrics)),
                new Replica(storage, workers, new Random(seed), time),
                NodeNames.DEFAULTS,
                new LocalClaims(),
                journal,
                EventRecorder.NONE,
                Tracer.NONE,
                URI.create("http://am.example:9093"),
                PipelineHarness.RETENTION);
        Receivers receivers = Receivers.build(
                List.of(receiver("A", "webhook"), receiver("F", "slack")),
                (config, integration, templates) -> config.name().equals("A") ? good : broken,
                TestTemplates.builtIn(time));
        RouteTree routes = new RouteBuilder()
                .receiver("A")
                .groupBy("alertname")
                .wait(Duration.ofSeconds(1))
                .interval(Duration.ofSeconds(2))
                .repeat(Duration.ofSeconds(5))
                .child(new RouteBuilder().receiver("F").match("to", "F"))
                .tree();
        Pipeline pipeline = new Pipeline(
                context,
                new MuteStages(new Inhibitor(List.of()), new FixedSilences()),
                route -> RouteIntervals.NONE,
                receivers);
        Dispatcher dispatcher = new Dispatcher(
                routes,
                pipeline,
                new Turns.AlwaysOurs(),
                new TimeMuteMarks(),
                RouteLabels.AS_WRITTEN,
                time,
                time,
                metrics,
                journal,
                EventRecorder.NONE,
                new DispatcherOptions(Duration.ofSeconds(30), Duration.ZERO, start));
        dispatcher.load(List.of());
        dispatcher.start();
        return dispatcher;
    }

    private static ReceiverConfig receiver(String name, String kind) {
        return new ReceiverConfig(
                name,
                Map.of("name", name),
                List.of(new ReceiverConfig.Integration(kind, 0, new PipelineHarness.Settings(true))));
    }

    private Alert alert(String... labels) {
        return TestAlert.of(LabelSet.of(labels), start, start.plusSeconds(3600), start);
    }

    private List<Double> seconds(ScriptedNotifier notifier) {
        return notifier.attempts().stream()
                .map(attempt -> Duration.between(start, attempt.at()).toNanos() / 1e9)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void bothGroupsAreToldAsRecorded(long seed) throws Exception {
        broken.always(ScriptedNotifier.refusal(), Duration.ZERO);
        Dispatcher dispatcher = dispatcher(seed);
        dispatcher.put(alert("alertname", "A"));
        dispatcher.put(alert("alertname", "F", "to", "F"));

        time.advance(Duration.ofMillis(10_999));

        assertThat(seconds(good)).containsExactly(1.0, 7.0);
        assertThat(good.notifications())
                .extracting(notification -> notification.reason())
                .containsExactly(NotificationReason.FIRST_NOTIFICATION, NotificationReason.REPEAT_INTERVAL_ELAPSED);
        assertThat(values.value("alertmanager_notifications_total", "webhook")).isEqualTo(2);
        assertThat(values.value("alertmanager_notifications_total", "slack")).isEqualTo(1);
        int attempts = broken.attempts().size();
        assertThat(attempts).isBetween(4, 9);
        assertThat(values.value("alertmanager_notification_requests_total", "slack"))
                .isEqualTo(attempts);
        assertThat(values.value("alertmanager_notifications_failed_total", "slack", "serverError"))
                .isZero();
        assertThat(seconds(broken).getFirst()).isEqualTo(1.0);

        time.advance(Duration.ofMillis(1));

        assertThat(values.value("alertmanager_notifications_failed_total", "slack", "serverError"))
                .isEqualTo(1);
        assertThat(values.value("alertmanager_notifications_total", "slack")).isEqualTo(2);
        assertThat(seconds(broken).getLast()).isEqualTo(11.0);
        assertThat(broken.notifications())
                .extracting(notification -> notification.reason())
                .containsOnly(NotificationReason.FIRST_NOTIFICATION);
        assertThat(broken.notifications())
                .extracting(notification -> notification.idempotencyKey())
                .containsOnly(broken.notifications().getFirst().idempotencyKey());
    }
}
