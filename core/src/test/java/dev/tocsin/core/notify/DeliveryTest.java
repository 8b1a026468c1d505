package dev.tocsin.core.notify;

import static dev.tocsin.core.notify.ScriptedNotifier.acceptance;
import static dev.tocsin.core.notify.ScriptedNotifier.refusal;
import static dev.tocsin.core.notify.ScriptedNotifier.silence;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.Delivery.Result;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final VirtualWorkers workers = new VirtualWorkers(time);
    private final Instant start = time.now();
    private final ScriptedNotifier notifier = new ScriptedNotifier(time, workers);
    private final Target target = new Target("r", "webhook", 0, true, notifier);
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MetricValues values = new MetricValues(metrics);
    private final List<Result> results = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();
    private boolean maySend = true;

    private boolean hasSuccessor;
    private final Delivery.Listener listener = new Delivery.Listener() {
        @Override
        public boolean maySend() {
            return maySend;
        }

        @Override
        public boolean hasSuccessor() {
            return hasSuccessor;
        }

        @Override
        public void accepted(Outcome.Delivered outcome, boolean marked) {
            recorded.add((marked ? "possible repeat" : "certain") + " after " + heard);
        }

        @Override
        public void attempted(int attempt, Duration took, Outcome outcome) {
            heard.add(attempt + " " + took.toMillis() + "ms " + outcome.text());
        }

        @Override
        public void ended(Result result) {
            results.add(result);
        }

        @Override
        public void acceptedLate(Outcome.Delivered outcome, int attempts, boolean marked) {
            heard.add("late");
        }
    };

    private Delivery send(long seed) {
        return send(seed, target);
    }

    private Delivery send(long seed, Target to) {
        Sender sender = new Sender(time, time, workers, new Random(seed), new NotificationMetrics(metrics, false));
        Notification notification = new Notification(
                to.receiver(),
                to.name(),
                "{}:{}",
                LabelSet.EMPTY,
                Map.of(),
                List.of(TestAlert.firing(start, "alertname", "A")),
                start,
                NotificationReason.FIRST_NOTIFICATION,
                URI.create("http://am"),
                1,
                "k",
                false,
                Map.of());
        return sender.send(to, notification, start.plus(TIMEOUT), listener);
    }

    private Result.GivenUp givenUp() {
        assertThat(results).hasExactlyElementsOfTypes(Result.GivenUp.class);
        return (Result.GivenUp) results.getFirst();
    }

    private List<Duration> attemptTimes() {
        return notifier.attempts().stream()
                .map(attempt -> Duration.between(start, attempt.at()))
                .toList();
    }

    @Test
    void anAcceptedNotificationIsSentOnce() {
        send(1);
        time.advance(Duration.ofMinutes(5));

        assertThat(results).containsExactly(new Result.Accepted((Outcome.Delivered) acceptance(Map.of()), 1, false));
        assertThat(attemptTimes()).containsExactly(Duration.ZERO);
        assertThat(recorded).containsExactly("certain after []");
        assertThat(heard).containsExactly("1 0ms 200");
        assertThat(values.value("alertmanager_notification_requests_total", "webhook"))
                .isEqualTo(1);
        assertThat(values.value("alertmanager_notification_requests_failed_total", "webhook"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aRefusedNotificationIsTriedAgainAfterWaitsThatGrowByHalfAndAreSpreadByHalf(long seed) {
        notifier.always(refusal(), Duration.ZERO);

        send(seed);
        time.advance(Duration.ofMinutes(1));

        List<Duration> times = attemptTimes();
        double wait = 500;
        for (int i = 1; i < times.size(); i++) {
            double waited = times.get(i).minus(times.get(i - 1)).toNanos() / 1e6;
            assertThat(waited).isBetween(wait * 0.5, wait * 1.5);
            wait *= 1.5;
        }
        assertThat(times).hasSizeBetween(4, 9);
        assertThat(times.getLast()).isLessThan(TIMEOUT);
        assertThat(givenUp())
                .isEqualTo(new Result.GivenUp(
                        FailureReason.SERVER_ERROR,
                        "r/webhook[0]: notify retry canceled after " + times.size()
                                + " attempts: unexpected status code 500",
                        times.size(),
                        false,
                        false,
                        false));
        assertThat(values.value("alertmanager_notification_requests_failed_total", "webhook"))
                .isEqualTo(times.size());
    }

    @Test
    void aSlowRefusalDoesNotMakeTheWaitLonger() {
        notifier.next(refusal(), Duration.ofSeconds(3), true).next(refusal(), Duration.ofMillis(1), true);

        send(1);
        time.advance(TIMEOUT);

        assertThat(attemptTimes().get(1)).isEqualTo(Duration.ofSeconds(3));
        assertThat(attemptTimes().get(2)).isBetween(Duration.ofMillis(3375), Duration.ofMillis(4125));
    }

    @Test
    void waitsAreAMinuteAndAHalfAtMost() {
        Backoff backoff = new Backoff(new Random(1));
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(90));
        }
    }

    @Test
    void aFinalErrorEndsItAtOnce() {
        notifier.next(refusal()).next(new Outcome.Permanent(FailureReason.CLIENT_ERROR, "unexpected status code 404"));

        send(1);
        time.advance(TIMEOUT);

        assertThat(givenUp())
                .isEqualTo(new Result.GivenUp(
                        FailureReason.CLIENT_ERROR,
                        "r/webhook[0]: notify retry canceled due to unrecoverable error after 2 attempts: unexpected"
                                + " status code 404",
                        2,
                        false,
                        false,
                        false));
    }

    @Test
    void aReceiverThatNeverAnswersIsCutOffAtTheDeadline() {
        notifier.always(acceptance(Map.of()), Duration.ofDays(1));

        send(1);
        time.advance(TIMEOUT.minusMillis(1));
        assertThat(results).isEmpty();
        time.advance(Duration.ofMillis(1));

        assertThat(givenUp())
                .isEqualTo(new Result.GivenUp(
                        FailureReason.CONTEXT_DEADLINE_EXCEEDED,
                        "r/webhook[0]: notify retry canceled after 1 attempts: context deadline exceeded",
                        1,
                        true,
                        false,
                        false));
        assertThat(values.buckets("alertmanager_notification_latency_seconds", "webhook"))
                .containsExactly(0L, 0L, 1L, 1L, 1L, 1L);
    }

    @Test
    void theErrorOfTheAttemptThatTheDeadlineCutsExplainsNothing() {
        notifier.next(refusal()).always(silence(), TIMEOUT);

        send(1);
        time.advance(Duration.ofMinutes(1));

        assertThat(givenUp().reason()).isEqualTo(FailureReason.SERVER_ERROR);
        assertThat(givenUp().error()).endsWith("after 2 attempts: unexpected status code 500");
        assertThat(givenUp().maybeAccepted()).isTrue();
    }

    @Test
    void aNotifierThatDoesNotHeedTheDeadlineIsLeftBehindButItsSuccessIsHeard() {
        notifier.next(acceptance(Map.of()), Duration.ofSeconds(60), false);

        send(1);
        time.advance(TIMEOUT.plus(Delivery.ABORT));
        assertThat(givenUp().maybeAccepted()).isTrue();
        assertThat(heard).isEmpty();
        time.advance(Duration.ofMinutes(1));

        assertThat(heard).containsExactly("late");
        assertThat(results).hasSize(1);
    }

    @Test
    void anAnswerThatComesWhileTheAttemptIsCutOffCounts() {
        notifier.next(acceptance(Map.of()), TIMEOUT.plusMillis(100), false);

        send(1);
        time.advance(Duration.ofMinutes(1));

        assertThat(results).hasExactlyElementsOfTypes(Result.Accepted.class);
    }

    @Test
    void afterASilenceEveryAttemptIsAPossibleRepeat() {
        notifier.next(refusal()).next(silence()).next(refusal());

        send(1);
        time.advance(TIMEOUT);

        assertThat(notifier.notifications())
                .extracting(Notification::possibleRepeat)
                .containsExactly(false, false, true, true);
        assertThat(results).containsExactly(new Result.Accepted((Outcome.Delivered) acceptance(Map.of()), 4, true));
    }

    @Test
    void whoStopsRetryingWhileItWaitsEndsAtOnce() {
        notifier.always(refusal(), Duration.ZERO);
        Delivery delivery = send(1);
        time.advance(Duration.ofMillis(100));

        delivery.stopRetrying();
        time.advance(Duration.ofMinutes(1));

        assertThat(notifier.attempts()).hasSize(1);
        assertThat(givenUp().reason()).isEqualTo(FailureReason.SERVER_ERROR);
        assertThat(givenUp().calledOff()).isTrue();
        assertThat(givenUp().maybeAccepted()).isFalse();
    }

    @Test
    void whoStopsRetryingBeforeTheFirstAttemptSendsNothing() {
        send(1).stopRetrying();
        time.advance(Duration.ofMinutes(1));

        assertThat(notifier.attempts()).isEmpty();
        assertThat(givenUp())
                .isEqualTo(new Result.GivenUp(
                        FailureReason.CONTEXT_CANCELED,
                        "r/webhook[0]: notify retry canceled after 0 attempts: context canceled",
                        0,
                        false,
                        true,
                        false));
    }

    @Test
    void whoStopsRetryingLetsTheAttemptUnderWayEnd() {
        notifier.next(acceptance(Map.of()), Duration.ofSeconds(4), true);
        Delivery delivery = send(1);
        time.advance(Duration.ofSeconds(1));

        delivery.stopRetrying();
        assertThat(results).isEmpty();
        time.advance(Duration.ofSeconds(3));

        assertThat(results).hasExactlyElementsOfTypes(Result.Accepted.class);
    }

    @Test
    void whoAbortsClosesTheAttemptUnderWayWhoseOutcomeNobodyKnows() {
        notifier.next(acceptance(Map.of()), Duration.ofSeconds(4), true);
        Delivery delivery = send(1);
        time.advance(Duration.ofSeconds(1));

        delivery.abort();
        time.settle();

        assertThat(givenUp())
                .isEqualTo(new Result.GivenUp(
                        FailureReason.CONTEXT_CANCELED,
                        "r/webhook[0]: notify retry canceled after 1 attempts: context canceled",
                        1,
                        true,
                        true,
                        false));
    }

    @Test
    void withoutTheRightToSendNothingIsSent() {
        maySend = false;

        send(1);
        time.advance(Duration.ofMinutes(1));

        assertThat(notifier.attempts()).isEmpty();
        assertThat(givenUp().calledOff()).isTrue();
    }

    @Test
    void aNotifierThatThrowsIsNotAskedAgain() {
        Notifier broken = new Notifier() {
            @Override
            public Outcome send(Notification notification, Instant deadline) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public void close() {}
        };

        send(1, new Target("r", "webhook", 1, true, broken));
        time.advance(Duration.ofMinutes(1));

        assertThat(givenUp().error())
                .endsWith("after 1 attempts: unexpected failure: java.lang.IllegalStateException: a bug");
        assertThat(givenUp().maybeAccepted()).isTrue();
    }

    private static Outcome unreachable() {
        return new Outcome.Retryable(FailureReason.OTHER, "connection refused", false, true);
    }

    @Test
    void whoFindsNoWayToTheReceiverTwiceRunningLeavesItToAnotherNode() {
        hasSuccessor = true;
        notifier.next(unreachable());
        notifier.next(unreachable());
        send(1);
        time.advance(Duration.ofSeconds(5));
        assertThat(results)
                .containsExactly(new Result.GivenUp(
                        FailureReason.OTHER,
                        "r/webhook[0]: notify retry canceled after 2 attempts: connection refused",
                        2,
                        false,
                        false,
                        true));
    }

    @Test
    void whoIsTheLastToFindNoWayToTheReceiverGoesOnTrying() {
        notifier.next(unreachable());
        notifier.next(unreachable());
        notifier.next(unreachable());
        send(1);
        time.advance(Duration.ofSeconds(10));
        assertThat(results).singleElement().isInstanceOf(Result.Accepted.class);
    }
}
