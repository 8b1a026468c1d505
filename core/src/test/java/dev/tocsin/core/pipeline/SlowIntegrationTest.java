package dev.tocsin.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.claim.ClaimAnswer;
import dev.tocsin.core.claim.ClaimRequest;
import dev.tocsin.core.claim.Claims;
import dev.tocsin.core.claim.LocalClaims;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.group.DispatcherOptions;
import dev.tocsin.core.group.RouteLabels;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.group.TimeMuteMarks;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.ScriptedNotifier;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group of one route with a receiver of two integrations, flushed each second; one of them hangs. */
class SlowIntegrationTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final PipelineHarness harness = new PipelineHarness(true, true);
    private final ScriptedNotifier quick = harness.notifiers.getFirst();
    private final ScriptedNotifier slow = harness.notifiers.getLast();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private Dispatcher dispatcher = dispatch();

    @BeforeEach
    void theSlowOneHangs() {
        slow.always(ScriptedNotifier.silence(), FOR_EVER);
    }

    private Dispatcher dispatch() {
        Dispatcher made = new Dispatcher(
                new RouteBuilder()
                        .receiver("team")
                        .wait(Duration.ZERO)
                        .interval(Duration.ofSeconds(1))
                        .repeat(PipelineHarness.REPEAT)
                        .tree(),
                harness.pipeline,
                new Turns.AlwaysOurs(),
                new TimeMuteMarks(),
                RouteLabels.AS_WRITTEN,
                harness.time,
                harness.time,
                metrics,
                new MemoryJournal("node", harness.time, metrics, 100, 100_000),
                EventRecorder.NONE,
                new DispatcherOptions(Duration.ofSeconds(30), Duration.ZERO, harness.start));
        made.load(List.of());
        made.start();
        return made;
    }

    private void at(double second) {
        harness.time.advance(Duration.between(harness.time.now(), harness.start.plusMillis(Math.round(second * 1000))));
    }

    private List<String> told(ScriptedNotifier notifier) {
        List<String> told = new ArrayList<>();
        notifier.attempts().forEach(attempt -> {
            StringBuilder line = new StringBuilder();
            line.append(Duration.between(harness.start, attempt.at()).toMillis() / 1000.0)
                    .append(' ');
            for (Alert alert : attempt.notification().alerts()) {
                line.append(alert.resolvedAt(attempt.at()) ? "-" : "").append(alert.name());
            }
            told.add(line.toString());
        });
        return told;
    }

    @Test
    void doesNotDelayTheNextNewsOfTheOthers() {
        dispatcher.put(harness.firing("A"));
        at(0.5);
        dispatcher.put(harness.firing("B"));
        at(3.5);
        dispatcher.put(harness.firing("C"));
        at(9);

        assertThat(told(quick)).containsExactly("0.0 A", "1.0 AB", "4.0 ABC");
        assertThat(told(slow)).containsExactly("0.0 A");
    }

    @Test
    void hearsAllNewsAtOnceWhenItIsFree() {
        dispatcher.put(harness.firing("A"));
        at(0.5);
        dispatcher.put(harness.firing("B"));
        at(3.5);
        dispatcher.put(harness.firing("C"));
        at(9.5);
        slow.always(ScriptedNotifier.acceptance(Map.of()), Duration.ZERO);
        at(15);

        assertThat(told(slow)).containsExactly("0.0 A", "10.0 ABC");
        assertThat(told(quick)).hasSize(3);
        assertThat(harness.values()
                        .value("alertmanager_notifications_failed_total", "webhook", "contextDeadlineExceeded"))
                .isEqualTo(1);
    }

    @Test
    void keepsTheEndOfAnAlertUntilItHasHeardOfIt() {
        slow.next(ScriptedNotifier.acceptance(Map.of()));
        dispatcher.put(harness.firing("A"));
        at(0.5);
        dispatcher.put(harness.firing("B"));
        at(1.5);
        dispatcher.put(TestAlert.resolved(harness.firing("A"), harness.time.now()));
        at(10.5);
        slow.always(ScriptedNotifier.acceptance(Map.of()), Duration.ZERO);
        at(20);

        assertThat(told(quick)).containsExactly("0.0 A", "1.0 AB", "2.0 -AB");
        assertThat(told(slow)).containsExactly("0.0 A", "1.0 AB", "11.0 -AB");
    }

    @Test
    void isNotAskedTwiceAtOnce() {
        dispatcher.put(harness.firing("A"));
        for (int second = 1; second < 30; second++) {
            at(second - 0.5);
            dispatcher.put(harness.firing("X" + second));
        }
        at(29.9);

        assertThat(told(quick)).hasSize(30);
        assertThat(told(slow)).hasSize(3);
    }

    @Test
    void aGroupWhoseIntegrationsAllHangWaitsForThem() {
        quick.always(ScriptedNotifier.silence(), FOR_EVER);
        dispatcher.put(harness.firing("A"));
        at(0.5);
        dispatcher.put(harness.firing("B"));
        at(9.9);

        assertThat(told(quick)).containsExactly("0.0 A");
        assertThat(told(slow)).containsExactly("0.0 A");
        at(10.5);
        assertThat(told(quick)).containsExactly("0.0 A", "10.0 AB");
    }

    @Test
    void aBrokenOneWithRetriesDelaysNobodyEither() {
        slow.always(ScriptedNotifier.refusal(), Duration.ZERO);
        dispatcher.put(harness.firing("A"));
        at(0.5);
        dispatcher.put(harness.firing("B"));
        at(5);

        assertThat(told(quick)).containsExactly("0.0 A", "1.0 AB");
        assertThat(told(slow)).hasSizeGreaterThan(3).allMatch(line -> line.endsWith(" A"));
    }

    @Test
    void aNotificationThatWaitsForAMajorityIsNotAskedForAnewAtEachFlush() {
        HoldingClaims claims = new HoldingClaims();
        harness.claims(claims);
        dispatcher.stop();
        dispatcher = dispatch();
        dispatcher.put(harness.firing("A"));
        at(0.5);
        dispatcher.put(harness.firing("B"));
        at(5);

        assertThat(claims.held).hasSize(1);
        assertThat(told(quick)).containsExactly("0.0 A", "1.0 AB");
        slow.always(ScriptedNotifier.acceptance(Map.of()), Duration.ZERO);
        claims.grant();
        at(7);
        assertThat(told(slow)).containsExactly("5.0 A", "5.0 AB");
    }

    @Test
    void stopsWithItsHub() {
        dispatcher.put(harness.firing("A"));
        at(4.5);
        List<String> ends = new ArrayList<>();
        dispatcher.stop();
        harness.pipeline.retire(Duration.ofSeconds(1), () -> ends.add("done"));
        at(5);
        assertThat(ends).isEmpty();
        at(5.8);
        assertThat(ends).containsExactly("done");
        assertThat(told(slow)).hasSize(1);
    }

    /** Holds the first claim of the second integration for want of a majority, grants all others. */
    private static final class HoldingClaims implements Claims {
        private final Claims granting = new LocalClaims();
        private final List<ClaimRequest> held = new ArrayList<>();
        private final List<Consumer<ClaimAnswer>> answers = new ArrayList<>();

        @Override
        public Cancellable claim(ClaimRequest request, Consumer<ClaimAnswer> answer) {
            if (request.content().key().index() == 0 || !answers.isEmpty()) {
                return granting.claim(request, answer);
            }
            held.add(request);
            answers.add(answer);
            answer.accept(new ClaimAnswer.Held("1 of 3 nodes could be asked", true));
            return () -> {};
        }

        private void grant() {
            granting.claim(held.getFirst(), answers.getFirst());
        }
    }
}
