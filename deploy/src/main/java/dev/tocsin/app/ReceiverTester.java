package dev.tocsin.app;

import dev.tocsin.api.service.ReceiverService.TestResult;
import dev.tocsin.api.service.ReceiverService.Tester;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.app.command.TestNotification;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.hub.HubParts;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends test notifications to real destinations, through notifiers of their own: neither the notification log nor the
 * receiver's health hears of them. At most {@link #AT_ONCE} run at a time. Safe for all threads.
 */
final class ReceiverTester implements Tester {
    /** The most tests at a time; more are refused. */
    static final int AT_ONCE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(ReceiverTester.class);

    private final HubParts parts;
    private final Supplier<@Nullable Config> config;
    private final Executor threads;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * @param config the configuration in force
     * @param threads runs what blocks
     */
    ReceiverTester(HubParts parts, Supplier<@Nullable Config> config, Executor threads) {
        this.parts = parts;
        this.config = config;
        this.threads = threads;
    }

    @Override
    public CompletionStage<List<TestResult>> test(
            ReceiverConfig receiver, LabelSet labels, boolean resolved, Duration patience) {
        if (!places.tryAcquire()) {
            throw new ServiceException(
                    ServiceException.Fault.EXHAUSTED,
                    "TOO_MANY_TESTS",
                    "this node runs " + AT_ONCE + " tests already; try again when one has ended",
                    List.of());
        }
        LOG.atInfo()
                .addKeyValue("receiver", receiver.name())
                .addKeyValue("resolved", resolved)
                .log("Sending a test notification");
        CompletableFuture<List<TestResult>> results = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                results.complete(results(receiver, labels, resolved, patience));
            } catch (RuntimeException e) {
                results.completeExceptionally(e);
            } finally {
                places.release();
            }
        });
        return results;
    }

    /** Tells the integrations one after the other, all before one deadline. */
    private List<TestResult> results(ReceiverConfig receiver, LabelSet labels, boolean resolved, Duration patience) {
        Instant now = parts.clock().now();
        TestNotification notification = new TestNotification(
                List.of(TestNotification.labels(labels.toMap())),
                resolved,
                parts.pipeline().externalUrl(),
                now,
                "test-" + UUID.randomUUID());
        List<TestResult> results = new ArrayList<>();
        for (ReceiverConfig.Integration integration : receiver.integrations()) {
            long begun = parts.clock().nanoTime();
            Outcome outcome = outcome(receiver, integration, notification, now.plus(patience));
            Duration took = Duration.ofNanos(parts.clock().nanoTime() - begun);
            results.add(result(integration.toString(), outcome, took));
        }
        return results;
    }

    private Outcome outcome(
            ReceiverConfig receiver,
            ReceiverConfig.Integration integration,
            TestNotification notification,
            Instant deadline) {
        Config current = config.get();
        if (current == null) {
            return refused("no configuration is in force yet");
        }
        try {
            TemplateSet templates = parts.templates().load(current.templates());
            try (Notifier notifier = parts.notifiers().build(receiver, integration, templates)) {
                return notifier.send(notification.to(receiver, integration), deadline);
            }
        } catch (NotifierBuildException | TemplateException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("interrupted");
        }
    }

    private static Outcome refused(String message) {
        return new Outcome.Permanent(FailureReason.OTHER, message);
    }

    private static TestResult result(String integration, Outcome outcome, Duration took) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> new TestResult(integration, true, delivered.answer(), false, took);
            case Outcome.Retryable failed -> new TestResult(integration, false, failed.message(), true, took);
            case Outcome.Permanent failed -> new TestResult(integration, false, failed.message(), false, took);
        };
    }
}
