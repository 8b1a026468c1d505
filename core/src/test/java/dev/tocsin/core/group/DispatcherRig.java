package dev.tocsin.core.group;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dispatcher on virtual time whose flushes are recorded. */
final class DispatcherRig {
    final VirtualTime time = new VirtualTime();
    final Instant start = time.now();
    final RecordingFlusher flusher = new RecordingFlusher(time);
    final TimeMuteMarks marks = new TimeMuteMarks();
    final Metrics metrics = new Metrics(new MetricRegistry());
    final MemoryJournal journal = new MemoryJournal("a", time, metrics, 100, 100_000);

    @Nullable Dispatcher current;

    Dispatcher dispatcher(RouteTree tree, Duration startDelay) {
        Dispatcher made = new Dispatcher(
                tree,
                flusher,
                new Turns.AlwaysOurs(),
                marks,
                RouteLabels.AS_WRITTEN,
                time,
                time,
                metrics,
                journal,
                EventRecorder.NONE,
                new DispatcherOptions(Duration.ofSeconds(30), startDelay, start));
        current = made;
        return made;
    }

    Dispatcher started(RouteTree tree) {
        Dispatcher made = dispatcher(tree, Duration.ZERO);
        made.load(List.of());
        made.start();
        return made;
    }

    static RouteTree tree(int waitSeconds, int intervalSeconds, String... groupBy) {
        return new RouteBuilder()
                .receiver("r")
                .groupBy(groupBy)
                .wait(Duration.ofSeconds(waitSeconds))
                .interval(Duration.ofSeconds(intervalSeconds))
                .tree();
    }

    void at(double second) {
        time.advance(Duration.between(time.now(), start.plusMillis(Math.round(second * 1000))));
    }

    List<Double> ticks() {
        return flusher.flushes().stream()
                .map(flush -> Duration.between(start, flush.tick()).toMillis() / 1000.0)
                .toList();
    }

    List<Double> begins() {
        return flusher.flushes().stream()
                .map(flush -> Duration.between(start, flush.at()).toMillis() / 1000.0)
                .toList();
    }

    List<AggregationGroup> groups() {
        List<AggregationGroup> all = new ArrayList<>();
        if (current != null) {
            current.forEachGroup(all::add);
        }
        return all;
    }

    double groupGauge() {
        return metrics.gauge("alertmanager_dispatcher_aggregation_groups", "")
                .labels()
                .value();
    }
}
