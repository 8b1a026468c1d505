package dev.tocsin.core.event;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.function.DoubleSupplier;

/** The recorder's metrics (contract section 9); there only while the feature is on. Safe for all threads. */
final class EventMetrics {
    private final CounterFamily recorded;
    private final CounterFamily bytes;
    private final CounterFamily dropped;
    private final CounterFamily unserialized;
    private final CounterFamily outputDrops;

    /** @param queueLength how many events wait */
    EventMetrics(Metrics metrics, DoubleSupplier queueLength) {
        this.recorded = metrics.counter(
                "alertmanager_events_recorded_total", "Events handed to an output.", "event_type", "output", "result");
        this.bytes = metrics.counter(
                "alertmanager_event_recorder_bytes_written_total",
                "Bytes handed to an output.",
                "event_type",
                "output");
        this.dropped = metrics.counter(
                "alertmanager_events_dropped_total", "Events dropped because the queue was full.", "event_type");
        this.unserialized = metrics.counter(
                "alertmanager_event_serialize_errors_total", "Events that could not be written as JSON.", "event_type");
        this.outputDrops = metrics.counter(
                "alertmanager_event_output_drops_total",
                "Events that an output dropped: its buffer was full, or it did not take them after all retries.",
                "output");
        metrics.gauge("alertmanager_event_recorder_queue_length", "Events that wait to be handed to the outputs.")
                .labels()
                .set(queueLength);
    }

    void handedOver(EventLine line, String output) {
        recorded.labels(line.type(), output, "success").increment();
        bytes.labels(line.type(), output).add(line.json().length + 1);
    }

    void failed(EventLine line, String output) {
        recorded.labels(line.type(), output, "error").increment();
    }

    void queueFull(EventData event) {
        dropped.labels(event.type()).increment();
    }

    void notSerialized(EventData event) {
        unserialized.labels(event.type()).increment();
    }

    void outputDropped(String output, int events) {
        outputDrops.labels(output).add(events);
    }
}
