package dev.tocsin.core.group;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What it costs to sort one alert in, new and again; run by hand. */
final class DispatcherBenchmark {
    private static final int ALERTS = 100_000;
    private static final int ROUTES = 50;

    private DispatcherBenchmark() {}

    public static void main(String[] args) {
        List<Alert> alerts = alerts();
        for (int round = 0; round < 5; round++) {
            VirtualTime time = new VirtualTime();
            Metrics metrics = new Metrics(new MetricRegistry());
            RouteBuilder root = new RouteBuilder().receiver("r").groupBy("alertname", "cluster");
            for (int i = 0; i < ROUTES; i++) {
                root.child(new RouteBuilder().match("team", "team-" + i));
            }
            Dispatcher dispatcher = new Dispatcher(
                    root.tree(),
                    (flush, done) -> RunningFlush.ENDED,
                    new Turns.AlwaysOurs(),
                    new TimeMuteMarks(),
                    RouteLabels.AS_WRITTEN,
                    time,
                    time,
                    metrics,
                    new MemoryJournal("a", time, metrics, 1000, 1_000_000),
                    EventRecorder.NONE,
                    new DispatcherOptions(Duration.ofSeconds(30), Duration.ZERO, time.now()));
            dispatcher.start();
            long created = nanosPerAlert(dispatcher, alerts);
            long again = nanosPerAlert(dispatcher, alerts);
            System.out.println("new " + created + " ns, again " + again + " ns per alert; " + ROUTES + " routes");
        }
    }

    private static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>(ALERTS);
        Instant now = Instant.EPOCH;
        for (int i = 0; i < ALERTS; i++) {
            LabelSet labels = LabelSet.of(
                    "alertname",
                    "Alert" + i % 50,
                    "cluster",
                    "c" + i % 20,
                    "instance",
                    "host-" + i,
                    "job",
                    "node",
                    "team",
                    "team-" + i % ROUTES,
                    "severity",
                    "page",
                    "az",
                    "a",
                    "env",
                    "prod",
                    "pod",
                    "p" + i);
            alerts.add(TestAlert.of(labels, now, now.plusSeconds(1_000_000_000_000L), now));
        }
        return alerts;
    }

    private static long nanosPerAlert(Dispatcher dispatcher, List<Alert> alerts) {
        long begin = System.nanoTime();
        alerts.forEach(dispatcher::put);
        return (System.nanoTime() - begin) / alerts.size();
    }
}
