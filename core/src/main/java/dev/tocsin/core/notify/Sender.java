package dev.tocsin.core.notify;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Sends notifications, each as often as it takes (contract section 5.4). Used on the hub loop only; the requests run on
 * workers.
 *
 * @param random spreads the waits between attempts; used on the hub loop
 */
public record Sender(
        Clock clock, Scheduler loop, Workers workers, RandomGenerator random, NotificationMetrics metrics) {
    /**
     * Begins to send: the first attempt at once.
     *
     * @param deadline when the last attempt must be over
     * @param listener hears of every attempt and of the end, on the hub loop, never before this method returns
     */
    public Delivery send(Target target, Notification notification, Instant deadline, Delivery.Listener listener) {
        Delivery delivery = new Delivery(this, target, notification, deadline, listener);
        loop.execute(delivery::begin);
        return delivery;
    }
}
