package dev.tocsin.core.event;

import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import dev.tocsin.core.event.WebhookBuffer.Body;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to one webhook: some requests at once, each repeated with growing pauses until its retries are used up.
 * With several at once events may arrive out of order; their times tell it. Used on the hub loop only; requests run on
 * workers.
 */
final class WebhookDelivery {
    private static final Logger log = LoggerFactory.getLogger(WebhookDelivery.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration FLUSH = Duration.ofMillis(100);
    private static final int WORKERS = 4;
    private static final int MOST_WORKERS = 64;
    private static final int RETRIES = 3;

    private final EventPoster poster;
    private final Scheduler loop;
    private final Workers workers;
    private final EventMetrics metrics;
    private final WebhookBuffer buffer;
    private final Duration timeout;
    private final Duration firstBackoff;
    private final Duration flushInterval;
    private final int mostAtOnce;
    private final long maxRetries;
    private final Set<Request> requests = new HashSet<>();
    private Cancellable flushTimer = Cancellable.NONE;
    private boolean flushDue;
    private boolean waitingForFlush;
    private @Nullable Runnable whenDone;
    private boolean done;
    private @Nullable String lastError;

    WebhookDelivery(WebhookOutput config, EventPoster poster, Scheduler loop, Workers workers, EventMetrics metrics) {
        this.poster = poster;
        this.loop = loop;
        this.workers = workers;
        this.metrics = metrics;
        this.buffer = new WebhookBuffer(config);
        this.timeout = positive(config.timeout(), TIMEOUT);
        this.firstBackoff = positive(config.retryBackoff(), FIRST_BACKOFF);
        this.flushInterval = positive(config.batchFlushInterval(), FLUSH);
        this.mostAtOnce = (int) Math.min(config.workers() > 0 ? config.workers() : WORKERS, MOST_WORKERS);
        this.maxRetries = config.maxRetries() > 0 ? config.maxRetries() : RETRIES;
        metrics.outputDropped(poster.name(), 0); // a rate needs to see the zero before the first drop
    }

    private static Duration positive(Duration configured, Duration otherwise) {
        return configured.isPositive() ? configured : otherwise;
    }

    void offer(EventLine line) {
        if (whenDone == null && buffer.add(line)) {
            metrics.handedOver(line, poster.name());
            work();
        } else {
            metrics.failed(line, poster.name());
            metrics.outputDropped(poster.name(), 1);
        }
    }

    /**
     * Takes no more events; what waits is sent at once.
     *
     * @param patience after which the rest is dropped
     * @param whenDone runs when everything is sent or dropped
     */
    void finish(Duration patience, Runnable whenDone) {
        this.whenDone = whenDone;
        flushTimer.cancel();
        flushTimer = loop.schedule(patience, this::dropAll);
        work();
    }

    private void work() {
        while (requests.size() < mostAtOnce && isDue()) {
            flushDue = false;
            Request request = new Request(buffer.take());
            requests.add(request);
            request.attempt();
        }
        if (whenDone == null && !buffer.isEmpty() && !waitingForFlush && !flushDue) {
            waitingForFlush = true;
            flushTimer = loop.schedule(flushInterval, () -> {
                waitingForFlush = false;
                flushDue = true;
                work();
            });
        }
        endIfDone();
    }

    private boolean isDue() {
        return buffer.isFull() || (!buffer.isEmpty() && (flushDue || whenDone != null));
    }

    private void endIfDone() {
        Runnable end = whenDone;
        if (end != null && !done && buffer.isEmpty() && requests.isEmpty()) {
            done = true;
            flushTimer.cancel();
            end.run();
        }
    }

    private void dropAll() {
        drop(buffer.clear(), "the time to deliver the rest is over");
        for (Request request : Set.copyOf(requests)) {
            request.abort();
        }
        endIfDone();
    }

    private void drop(int events, String error) {
        if (events > 0) {
            metrics.outputDropped(poster.name(), events);
            if (!error.equals(lastError)) {
                log.atError()
                        .addKeyValue("component", "eventrecorder")
                        .addKeyValue("output", poster.name())
                        .addKeyValue("events", events)
                        .addKeyValue("err", error)
                        .log("Failed to deliver events");
            }
            lastError = error;
        }
    }

    /** Closes the poster; may block. */
    void close() {
        poster.close();
    }

    private final class Request {
        private final Body body;
        private Duration backoff = firstBackoff;
        private Cancellable current = Cancellable.NONE;
        private int attempts;
        private boolean ended;

        Request(Body body) {
            this.body = body;
        }

        void attempt() {
            attempts++;
            current = workers.submit(
                    () -> {
                        poster.post(body.json(), timeout);
                        return true;
                    },
                    (posted, failure) -> {
                        if (!ended) {
                            answered(failure);
                        }
                    });
        }

        private void answered(@Nullable Exception failure) {
            if (failure == null) {
                lastError = null;
                end();
            } else if (attempts > maxRetries) {
                drop(body.events(), String.valueOf(failure.getMessage()));
                end();
            } else {
                current = loop.schedule(backoff, this::attempt);
                Duration doubled = backoff.multipliedBy(2);
                backoff = doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
            }
        }

        void abort() {
            current.cancel();
            drop(body.events(), "the time to deliver the rest is over");
            ended = true;
            requests.remove(this);
        }

        private void end() {
            ended = true;
            requests.remove(this);
            work();
        }
    }
}
