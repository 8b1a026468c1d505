package dev.tocsin.api.service;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.notify.IntegrationHealth;
import dev.tocsin.core.notify.ReceiverHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Receivers. Safe for all threads; what it throws is {@link ServiceException}. */
public final class ReceiverService {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MAX_PATIENCE = Duration.ofSeconds(60);

    /** Sends test notifications; the place where integrations are known. */
    @FunctionalInterface
    public interface Tester {
        /**
         * Tells {@code receiver} of one marked alert, each integration once.
         *
         * @param labels of the alert; may be empty
         * @param resolved whether the alert is over
         * @param patience how long each integration may take
         * @return completes when all have answered; one result each, in the order of the configuration
         */
        CompletionStage<List<TestResult>> test(
                ReceiverConfig receiver, LabelSet labels, boolean resolved, Duration patience);
    }

    /**
     * What one integration made of a test.
     *
     * @param integration name and index, such as {@code webhook[0]}
     * @param message its answer or what went wrong, without secrets
     * @param retryable whether a node would have tried again
     */
    public record TestResult(String integration, boolean accepted, String message, boolean retryable, Duration took) {}

    private final Hub hub;
    private final Filters filters;
    private final ReceiverHealth health;
    private final Tester tester;

    /** Receivers of {@code hub}. */
    public ReceiverService(Hub hub, Filters filters, ReceiverHealth health, Tester tester) {
        this.hub = hub;
        this.filters = filters;
        this.health = health;
        this.tester = tester;
    }

    /** The receivers of the configuration in force whose labels match, in its order. */
    public List<ReceiverConfig> list(List<String> matchers) {
        List<Matcher> compiled = filters.matchers("matchers", matchers);
        return hub.receivers().stream()
                .filter(receiver -> matches(compiled, receiver.labels()))
                .toList();
    }

    private static boolean matches(List<Matcher> matchers, Map<String, String> labels) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels.getOrDefault(matcher.name(), ""))) {
                return false;
            }
        }
        return true;
    }

    /**
     * How the integrations of a receiver do on this node.
     *
     * @param receiver its name; empty for all
     */
    public List<IntegrationHealth> health(String receiver) {
        return receiver.isEmpty() ? health.all() : health.of(find(receiver).name());
    }

    /**
     * Sends a test notification.
     *
     * @param labels of the alert to tell; may be empty
     * @param patience zero for ten seconds
     */
    public CompletionStage<List<TestResult>> test(
            String receiver, Map<String, String> labels, boolean resolved, Duration patience) {
        if (patience.isNegative() || patience.compareTo(MAX_PATIENCE) > 0) {
            throw ServiceException.invalid("timeout", "must be between 0 and 60 seconds");
        }
        Filters.bounded("labels", labels.size(), Filters.MAX_MATCHERS);
        return tester.test(find(receiver), LabelSet.of(labels), resolved, patience.isZero() ? PATIENCE : patience);
    }

    private ReceiverConfig find(String name) {
        for (ReceiverConfig receiver : hub.receivers()) {
            if (receiver.name().equals(name)) {
                return receiver;
            }
        }
        throw ServiceException.notFound("no receiver is called \"" + name + "\"");
    }
}
