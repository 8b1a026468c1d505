package dev.tocsin.notifiers.email;

import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.Turnstile;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.connection.Dialer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Delivers mails. Safe for many threads. */
final class EmailNotifier implements Notifier {
    /** More than any flush has. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** How long a delivery that was called off may take to end. */
    private static final Duration ENDING = Duration.ofSeconds(1);

    private final MailSession session;
    private final EmailConfig.Relay relay;
    private final MailComposer composer;
    private final Dialer dialer;
    private final ConnectionMetrics.Dialer counts;
    private final Clock clock;
    private final Turnstile turns = new Turnstile();

    EmailNotifier(
            MailSession session,
            EmailConfig.Relay relay,
            MailComposer composer,
            Dialer dialer,
            ConnectionMetrics.Dialer counts,
            Clock clock) {
        this.session = session;
        this.relay = relay;
        this.composer = composer;
        this.dialer = dialer;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Mail mail;
        try {
            mail = composer.compose(notification);
        } catch (MailComposer.UnrenderableException e) {
            return StatusRule.permanent(String.valueOf(e.getMessage()));
        }
        Duration left = Duration.between(clock.now(), deadline);
        Duration limit = left.compareTo(LONGEST) > 0 ? LONGEST : left;
        long begun = clock.nanoTime();
        if (!limit.isPositive() || !turns.enter(limit)) {
            return delivery(mail, Duration.ZERO).expired();
        }
        try {
            return deliver(mail, limit.minusNanos(clock.nanoTime() - begun));
        } finally {
            turns.leave();
        }
    }

    private SmtpDelivery delivery(Mail mail, Duration limit) {
        return new SmtpDelivery(session, relay, mail, dialer, counts, Math.max(1, limit.toMillis()));
    }

    private Outcome deliver(Mail mail, Duration limit) throws InterruptedException {
        SmtpDelivery delivery = delivery(mail, limit);
        Thread thread = Thread.ofVirtual().name("tocsin-mail").start(delivery);
        try {
            if (thread.join(limit)) {
                return Objects.requireNonNull(delivery.outcome());
            }
            Outcome expired = delivery.expired();
            thread.interrupt();
            thread.join(ENDING);
            return delivery.outcome() instanceof Outcome.Delivered delivered ? delivered : expired;
        } catch (InterruptedException e) {
            thread.interrupt();
            thread.join(ENDING);
            if (delivery.outcome() instanceof Outcome.Delivered delivered) {
                Thread.currentThread().interrupt();
                return delivered;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        // Each mail has a connection of its own.
    }
}
