package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Writes down what a transport tells, such as {@code connected b}, and lets tests wait for it. Guarded by its lock. */
final class Events implements Transport.Listener {
    private static final long PATIENCE_SECONDS = 20;

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> log = new ArrayList<>();

    private void add(String event) {
        lock.lock();
        try {
            log.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void connected(String peer) {
        add("connected " + peer);
    }

    @Override
    public void disconnected(String peer) {
        add("disconnected " + peer);
    }

    @Override
    public void refused(String peer) {
        add("refused " + peer);
    }

    @Override
    public void unanswered(String peer) {
        add("unanswered " + peer);
    }

    @Override
    public void received(String peer, Envelope message) {
        add("received " + peer + " " + message.getHeartbeat().getSentAt());
    }

    /** What was told so far. */
    List<String> all() {
        lock.lock();
        try {
            return List.copyOf(log);
        } finally {
            lock.unlock();
        }
    }

    /** How much was told so far: where to wait from. */
    int mark() {
        return all().size();
    }

    void await(String event) {
        awaitAfter(0, event);
    }

    /** Waits for an event after the first {@code mark} ones. */
    void awaitAfter(int mark, String event) {
        awaitThat(
                event,
                events -> events.subList(Math.min(mark, events.size()), events.size())
                        .contains(event));
    }

    /** Waits until it was told so often: what the first ones brought about has then happened elsewhere, too. */
    void awaitTimes(int times, String event) {
        awaitThat(times + " times " + event, events -> Collections.frequency(events, event) >= times);
    }

    void awaitThat(String what, Predicate<List<String>> condition) {
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (!condition.test(log)) {
                if (left <= 0) {
                    throw new AssertionError("never: " + what + "; there was " + log);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }
}
