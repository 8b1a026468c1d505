package dev.tocsin.core.pipeline;

import static dev.tocsin.core.pipeline.PipelineHarness.REPEAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.IntegrationHealth;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ScriptedNotifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How long a receiver waits for news, and what is known of its health. */
class TimeToNotifyTest {
    private static final String SINCE_START = "tocsin_receiver_time_since_start_seconds";
    private static final String SINCE_RECEIPT = "tocsin_receiver_time_since_receipt_seconds";

    private final PipelineHarness one = new PipelineHarness(true);

    private double last(String histogram) {
        HistogramFamily family = (HistogramFamily)
                Objects.requireNonNull(one.metrics().families().get(histogram));
        return family.labels("team").sum();
    }

    private long told(String histogram) {
        List<Long> buckets = one.values().buckets(histogram, "team");
        return buckets.getLast();
    }

    @Test
    void eachAlertCountsOnceWhenTheReceiverFirstAcceptsItAndNotWhenItIsRepeatedOrResolved() {
        one.time.advance(Duration.ofSeconds(30));
        one.flush(one.firing("A"));
        assertThat(told(SINCE_START)).isEqualTo(1);
        assertThat(last(SINCE_START)).isEqualTo(30);
        assertThat(last(SINCE_RECEIPT)).isEqualTo(30);

        one.time.advance(Duration.ofSeconds(10));
        one.flush(one.firing("A"), one.firing("B"));
        assertThat(told(SINCE_START)).isEqualTo(2);
        assertThat(last(SINCE_START)).isEqualTo(70);

        one.time.advance(REPEAT.plusSeconds(1));
        one.flush(one.firing("A"), one.firing("B"));
        one.flush(one.resolved("A"), one.resolved("B"));
        assertThat(one.notifier().notifications()).hasSize(4);
        assertThat(told(SINCE_START)).isEqualTo(2);
    }

    @Test
    void theTimeEndsWithTheAcceptanceAndNotWithTheFirstAttempt() {
        one.notifier().next(ScriptedNotifier.refusal(), Duration.ofSeconds(1), true);
        one.flush(one.firing("A"));
        assertThat(told(SINCE_RECEIPT)).isZero();
        one.time.advance(Duration.ofSeconds(9));
        assertThat(told(SINCE_RECEIPT)).isEqualTo(1);
        assertThat(last(SINCE_RECEIPT)).isBetween(1.0, 3.0);
    }

    @Test
    void healthTellsOfFailuresUntilTheReceiverAcceptsAgain() {
        assertThat(health().state()).isEqualTo("unused");

        one.notifier().always(ScriptedNotifier.refusal(), Duration.ZERO);
        one.flush(one.firing("A"));
        assertThat(health().waiting()).isEqualTo(1);
        assertThat(one.values().value("tocsin_receiver_notifications_waiting", "team"))
                .isEqualTo(1);
        one.time.advance(Duration.ofSeconds(20));

        IntegrationHealth failing = health();
        assertThat(failing.state()).isEqualTo("failing");
        assertThat(failing.waiting()).isZero();
        assertThat(failing.failed()).isEqualTo(1);
        assertThat(failing.failedAttempts()).isGreaterThan(3);
        assertThat(failing.failingSince()).isEqualTo(one.start);
        assertThat(failing.lastError()).isEqualTo(ScriptedNotifier.REFUSAL);
        assertThat(one.values().value("tocsin_receiver_last_error_timestamp_seconds", "team"))
                .isGreaterThan((double) one.start.getEpochSecond());
        assertThat(one.values().value("tocsin_receiver_last_success_timestamp_seconds", "team"))
                .isZero();

        one.notifier().always(ScriptedNotifier.acceptance(Map.of()), Duration.ZERO);
        one.flush(one.firing("A"));

        assertThat(health().state()).isEqualTo("ok");
        assertThat(health().delivered()).isEqualTo(1);
        assertThat(health().failedAttempts()).isZero();
        assertThat(health().failingSince()).isNull();
        assertThat(health().lastError()).isEqualTo(ScriptedNotifier.REFUSAL);
        assertThat(one.values().value("tocsin_receiver_notifications_waiting", "team"))
                .isZero();
        assertThat(one.values().value("tocsin_receiver_notifications_total", "team", "delivered"))
                .isEqualTo(1);
        assertThat(one.values().value("tocsin_receiver_notifications_total", "team", "failed"))
                .isEqualTo(1);
        assertThat(one.values().value("tocsin_receiver_last_success_timestamp_seconds", "team"))
                .isEqualTo(one.time.now().toEpochMilli() / 1e3);
    }

    @Test
    void errorsAreCutBeforeTheyAreKept() {
        one.notifier().always(new Outcome.Permanent(FailureReason.OTHER, "x".repeat(5000)), Duration.ZERO);
        one.flush(one.firing("A"));
        assertThat(health().lastError()).hasSize(256);
    }

    @Test
    void whatWasLearntStaysWhenTheConfigurationIsReadAgain() {
        one.flush(one.firing("A"));
        one.reload();
        assertThat(health().delivered()).isEqualTo(1);
    }

    private IntegrationHealth health() {
        return one.health().of("team").getFirst();
    }
}
