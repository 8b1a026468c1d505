package dev.tocsin.core.event;

import dev.tocsin.core.config.EventRecorderConfig;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events in a bounded queue; a worker at a time writes them as JSON and into files, and the webhooks get them when it
 * returns. Slow files therefore fill the queue, slow webhooks only buffers of their own. Used on the hub loop only, but for
 * what the worker at work holds.
 */
public final class QueuedEventRecorder implements EventRecorder {
    /** How many events may wait. */
    public static final int MAX_QUEUED = 8192;

    private static final Logger log = LoggerFactory.getLogger(QueuedEventRecorder.class);

    private static final int MOST_AT_ONCE = 256;
    private static final Duration OLD_OUTPUTS_PATIENCE = Duration.ofSeconds(10);

    private final EventJson json;
    private final IntSupplier position;
    private final OutputStream stdout;
    private final EventPoster.Factory posters;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final RandomGenerator random;
    private final EventMetrics metrics;
    private final ArrayDeque<RecordedEvent> queue = new ArrayDeque<>();
    private final Set<String> failing = new HashSet<>();
    private volatile int queued;
    private @Nullable EventRecorderConfig current;
    private @Nullable Change change;
    private boolean configured;
    private List<LineWriter> writers = List.of();
    private List<WebhookDelivery> webhooks = List.of();
    private boolean busy;
    private @Nullable Stop stop;

    /** @param to null for no outputs */
    private record Change(@Nullable EventRecorderConfig to) {}

    private record Stop(Duration patience, CompletableFuture<Void> done) {}

    /**
     * Without outputs; events wait for the first configuration.
     *
     * @param instance this node's name in events: its host's name
     * @param position this node's place among its peers, from 0
     * @param stdout for outputs that write to the standard output
     * @param posters for webhooks
     * @param random names groups
     */
    public QueuedEventRecorder(
            String instance,
            IntSupplier position,
            OutputStream stdout,
            EventPoster.Factory posters,
            Clock clock,
            Scheduler loop,
            Workers workers,
            RandomGenerator random,
            Metrics metrics) {
        this.json = new EventJson(instance);
        this.position = position;
        this.stdout = stdout;
        this.posters = posters;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.random = random;
        this.metrics = new EventMetrics(metrics, () -> queued);
    }

    @Override
    public boolean isRecording() {
        return stop == null && (!configured || change != null || !writers.isEmpty() || !webhooks.isEmpty());
    }

    @Override
    public void record(EventData event) {
        if (!isRecording()) {
            return;
        }
        if (queue.size() >= MAX_QUEUED) {
            metrics.queueFull(event);
            return;
        }
        queue.add(new RecordedEvent(clock.now(), position.getAsInt(), event));
        queued = queue.size();
        pump();
    }

    @Override
    public String newGroup() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low).toString();
    }

    @Override
    public void configure(@Nullable EventRecorderConfig config) {
        change = new Change(config);
        pump();
    }

    /**
     * Takes no more events, hands the waiting ones to the outputs and closes them.
     *
     * @param patience how long webhooks may take
     * @return completes on the hub loop
     */
    public CompletionStage<Void> stop(Duration patience) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            stop = new Stop(patience, done);
            pump();
        });
        return done;
    }

    private void pump() {
        if (busy) {
            return;
        }
        Change next = change;
        if (next != null) {
            change = null;
            reconfigure(next);
        } else if (!queue.isEmpty() && configured) {
            write();
        } else if (stop != null) {
            busy = true;
            Stop ending = stop;
            retire(ending.patience(), () -> ending.done().complete(null));
        }
    }

    private void write() {
        List<RecordedEvent> events = new ArrayList<>(Math.min(queue.size(), MOST_AT_ONCE));
        while (!queue.isEmpty() && events.size() < MOST_AT_ONCE) {
            events.add(queue.remove());
        }
        queued = queue.size();
        List<LineWriter> files = writers;
        busy = true;
        workers.submit(() -> write(events, files), (lines, failure) -> {
            busy = false;
            if (lines != null) {
                for (EventLine line : lines) {
                    webhooks.forEach(webhook -> webhook.offer(line));
                }
            } else {
                log.atError()
                        .addKeyValue("component", "eventrecorder")
                        .setCause(failure)
                        .log("Writing events failed unexpectedly");
            }
            pump();
        });
    }

    /** On a worker; one at a time. */
    private List<EventLine> write(List<RecordedEvent> events, List<LineWriter> files) {
        List<EventLine> lines = new ArrayList<>(events.size());
        for (RecordedEvent event : events) {
            EventLine line;
            try {
                line = new EventLine(event.data().type(), json.write(event));
            } catch (RuntimeException e) {
                metrics.notSerialized(event.data());
                log.atError()
                        .addKeyValue("component", "eventrecorder")
                        .addKeyValue("event_type", event.data().type())
                        .setCause(e)
                        .log("Failed to marshal event");
                continue;
            }
            files.forEach(file -> write(line, file));
            lines.add(line);
        }
        return lines;
    }

    private void write(EventLine line, LineWriter file) {
        try {
            file.write(line);
            metrics.handedOver(line, file.name());
            failing.remove(file.name());
        } catch (IOException e) {
            metrics.failed(line, file.name());
            if (failing.add(file.name())) { // a full disk is told of once, not with each event
                log.atError()
                        .addKeyValue("component", "eventrecorder")
                        .addKeyValue("output", file.name())
                        .addKeyValue("event_type", line.type())
                        .addKeyValue("err", e.toString())
                        .log("Failed to write event");
            }
        }
    }

    private void reconfigure(Change to) {
        EventRecorderConfig wanted = to.to();
        if (configured && Objects.equals(wanted, current)) {
            pump();
            return;
        }
        busy = true;
        workers.submit(
                () -> wanted == null ? EventOutputs.NONE : EventOutputs.open(wanted, stdout, posters),
                (opened, failure) -> {
                    busy = false;
                    if (opened != null) {
                        opened(opened, wanted);
                    } else {
                        log.atError()
                                .addKeyValue("component", "eventrecorder")
                                .setCause(failure)
                                .log("Opening outputs failed unexpectedly");
                    }
                    pump();
                });
    }

    private void opened(EventOutputs opened, @Nullable EventRecorderConfig config) {
        if (configured && !opened.complete()) {
            log.atError()
                    .addKeyValue("component", "eventrecorder")
                    .log("Failed to reload event recorder outputs; keeping existing outputs");
            workers.submit(
                    () -> {
                        opened.discard();
                        return true;
                    },
                    (closed, failure) -> {});
            return;
        }
        if (configured) {
            retire(OLD_OUTPUTS_PATIENCE, () -> {});
        }
        writers = opened.writers();
        webhooks = opened.posts().stream()
                .map(post -> new WebhookDelivery(post.config(), post.poster(), loop, workers, metrics))
                .toList();
        current = config;
        configured = true;
    }

    /** Closes the outputs in use. */
    private void retire(Duration patience, Runnable whenDone) {
        List<LineWriter> files = writers;
        List<WebhookDelivery> ending = webhooks;
        writers = List.of();
        webhooks = List.of();
        Runnable close = () -> workers.submit(
                () -> {
                    files.forEach(EventOutputs::close);
                    ending.forEach(WebhookDelivery::close);
                    return true;
                },
                (closed, failure) -> whenDone.run());
        int[] open = {ending.size()};
        if (open[0] == 0) {
            close.run();
        }
        for (WebhookDelivery webhook : ending) {
            webhook.finish(patience, () -> {
                open[0]--;
                if (open[0] == 0) {
                    close.run();
                }
            });
        }
    }
}
