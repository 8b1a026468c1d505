package dev.tocsin.core.group;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A dispatcher of one of several nodes that hold the same groups: group wait 1 s, group interval 5 s. */
abstract class SharedGroupRig {
    static final GroupId ID = new GroupId("{}", "{}:{}");

    final VirtualTime time = new VirtualTime();
    final Instant start = time.now();
    final RecordingFlusher flusher = new RecordingFlusher(time);
    final ScriptedTurns turns = new ScriptedTurns();
    final Dispatcher dispatcher;

    SharedGroupRig() {
        Metrics metrics = new Metrics(new MetricRegistry());
        dispatcher = new Dispatcher(
                new RouteBuilder()
                        .receiver("r")
                        .wait(Duration.ofSeconds(1))
                        .interval(Duration.ofSeconds(5))
                        .tree(),
                flusher,
                turns,
                new TimeMuteMarks(),
                RouteLabels.AS_WRITTEN,
                time,
                time,
                metrics,
                new MemoryJournal("a", time, metrics, 100, 100_000),
                EventRecorder.NONE,
                new DispatcherOptions(Duration.ofSeconds(30), Duration.ZERO, start));
        dispatcher.start();
    }

    final void at(double second) {
        time.advance(Duration.between(time.now(), start.plusMillis(Math.round(second * 1000))));
    }

    static long nanos(double second) {
        return Math.round(second * 1e9);
    }

    final AggregationGroup group() {
        AggregationGroup group = dispatcher.find(ID);
        if (group == null) {
            throw new AssertionError("no group");
        }
        return group;
    }

    final List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        group().forEach((alert, state) -> alerts.add(alert));
        return alerts;
    }

    static PeerFlush flush(double tick, double next, PeerFlush.Told... told) {
        return new PeerFlush(nanos(tick), nanos(next), false, List.of(told));
    }

    static PeerFlush.Told told(Alert alert) {
        return new PeerFlush.Told(alert.fingerprint(), alert.endsAt().toEpochMilli());
    }

    final Alert put(String name) {
        Alert alert = TestAlert.firing(time.now(), "a", name);
        dispatcher.put(alert);
        return alert;
    }
}
