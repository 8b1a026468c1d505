package dev.tocsin.core.notify;

import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A receiver that behaves as a test says, and remembers what it was sent. Accepts unless told otherwise. One thread. */
public final class ScriptedNotifier implements Notifier {
    /** The error of {@link #refusal}. */
    public static final String REFUSAL = "unexpected status code 500";

    /** One attempt as the receiver saw it. */
    public record Attempt(Instant at, Notification notification) {}

    private record Step(Outcome outcome, Duration takes, boolean heedsInterruption) {}

    private static final Step ACCEPT = new Step(acceptance(Map.of()), Duration.ZERO, true);

    private final VirtualTime time;
    private final VirtualWorkers workers;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private Step otherwise = ACCEPT;
    private boolean closed;

    /** Its answers take time on {@code workers}. */
    public ScriptedNotifier(VirtualTime time, VirtualWorkers workers) {
        this.time = time;
        this.workers = workers;
    }

    /** The next attempt without a script of its own ends like this. */
    public ScriptedNotifier next(Outcome outcome, Duration takes, boolean heedsInterruption) {
        steps.add(new Step(outcome, takes, heedsInterruption));
        return this;
    }

    /** The next attempt without a script of its own ends like this at once. */
    public ScriptedNotifier next(Outcome outcome) {
        return next(outcome, Duration.ZERO, true);
    }

    /** All attempts without a script of their own end like this. */
    public ScriptedNotifier always(Outcome outcome, Duration takes) {
        otherwise = new Step(outcome, takes, true);
        return this;
    }

    /** A status 500. */
    public static Outcome refusal() {
        return new Outcome.Retryable(FailureReason.SERVER_ERROR, REFUSAL, false, false);
    }

    /** A time-out after the request was written. */
    public static Outcome silence() {
        return new Outcome.Retryable(FailureReason.OTHER, "timeout reading the answer", true, false);
    }

    /** An acceptance that stores data. */
    public static Outcome acceptance(Map<String, ReceiverValue> receiverData) {
        return new Outcome.Delivered("200", receiverData);
    }

    /** The attempts so far. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** The notifications of all attempts so far. */
    public List<Notification> notifications() {
        return attempts.stream().map(Attempt::notification).toList();
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) {
        attempts.add(new Attempt(time.now(), notification));
        Step step = steps.isEmpty() ? otherwise : steps.remove();
        workers.take(step.takes, step.heedsInterruption);
        return step.outcome;
    }

    @Override
    public void close() {
        closed = true;
    }
}
