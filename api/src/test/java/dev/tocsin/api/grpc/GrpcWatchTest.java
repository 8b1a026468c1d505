package dev.tocsin.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.api.TestLoop;
import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.api.grpc.v1.AlertFilter;
import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceWatchRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchResponse;
import dev.tocsin.api.grpc.v1.JournalFilter;
import dev.tocsin.api.grpc.v1.NotificationServiceGrpc;
import dev.tocsin.api.grpc.v1.NotificationServiceWatchRequest;
import dev.tocsin.api.grpc.v1.WatchKind;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.MetricValues;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watches over real connections, to two nodes that show the same hub's alerts. */
@Timeout(60)
class GrpcWatchTest {
    private final TestLoop loop = new TestLoop();
    private TestGrpc one;
    private TestGrpc other;

    @BeforeEach
    void start() throws IOException {
        one = new TestGrpc(new SystemClock(), loop, loop);
        other = new TestGrpc(new SystemClock(), loop, loop);
        one.server.serve();
        other.server.serve();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        loop.close();
    }

    private static AlertView alert(String name, String summary) {
        Instant begun = Instant.parse("2026-01-02T03:04:05Z");
        return new AlertView(
                new dev.tocsin.core.alert.Alert(
                        LabelSet.of("alertname", name),
                        LabelSet.of("summary", summary),
                        begun,
                        ZoneOffset.UTC,
                        Instant.now().plus(Duration.ofHours(1)),
                        ZoneOffset.UTC,
                        Instant.now(),
                        "http://prometheus/x",
                        false),
                List.of("team"),
                List.of(),
                List.of(),
                List.of());
    }

    /** What a client makes of a watch. */
    private static final class Client {
        final Map<String, Long> has = new TreeMap<>();
        final Map<String, String> names = new TreeMap<>();
        String cursor = "";

        /** Reads until the picture is complete; the kinds of messages, with the names that came and went. */
        String follow(TestGrpc node) {
            Iterator<AlertServiceWatchResponse> messages = AlertServiceGrpc.newBlockingStub(node.channel)
                    .watch(AlertServiceWatchRequest.newBuilder()
                            .setCursor(cursor)
                            .putAllKnown(has)
                            .build());
            StringBuilder told = new StringBuilder();
            AlertServiceWatchResponse message;
            do {
                message = messages.next();
                told.append(message.getKind().name().replace("WATCH_KIND_", "")).append(' ');
                for (int i = 0; i < message.getUpsertedCount(); i++) {
                    Alert alert = message.getUpserted(i);
                    has.put(alert.getFingerprint(), message.getVersions(i));
                    names.put(alert.getFingerprint(), alert.getLabelsOrThrow("alertname"));
                    told.append('+').append(alert.getLabelsOrThrow("alertname")).append(' ');
                }
                for (String gone : message.getRemovedList()) {
                    has.remove(gone);
                    told.append('-').append(names.remove(gone)).append(' ');
                }
                cursor = message.getCursor();
            } while (message.getKind() != WatchKind.WATCH_KIND_SYNCED);
            return told.toString().trim();
        }
    }

    private static StatusRuntimeException failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    @Test
    void aClientThatGoesToAnotherNodeIsToldWhatDiffersThereAndNothingElse() {
        List.of("a", "b", "c").forEach(name -> one.hub.alerts.add(alert(name, "s")));
        other.hub.alerts.add(alert("a", "s"));
        other.hub.alerts.add(alert("b", "another one"));
        other.hub.alerts.add(alert("d", "s"));
        Client client = new Client();

        assertThat(client.follow(one)).startsWith("RESET CHANGES ").endsWith("SYNCED");
        String told = client.follow(other);

        assertThat(told)
                .startsWith("CHANGES ")
                .endsWith("SYNCED")
                .contains("+b", "+d", "-c")
                .doesNotContain("+a", "RESET");
        assertThat(client.names.values()).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(client.follow(other)).isEqualTo("SYNCED");
    }

    @Test
    void aClientThatDoesNotSayWhatItHasBeginsAnewElsewhere() {
        one.hub.alerts.add(alert("a", "s"));
        other.hub.alerts.add(alert("a", "s"));
        Client client = new Client();
        client.follow(one);
        client.has.clear();

        assertThat(client.follow(other)).isEqualTo("RESET CHANGES +a SYNCED");
    }

    @Test
    void badCursorsConditionsAndListsAreRefusedWithTheirReasons() throws IOException {
        Client client = new Client();
        client.follow(one);
        for (String cursor : List.of("x", "x" + client.cursor, "a".repeat(10_000), "\u00e4", client.cursor + "A")) {
            assertRefused(
                    AlertServiceWatchRequest.newBuilder().setCursor(cursor).build(), "CURSOR_INVALID", "cursor");
        }
        assertRefused(
                AlertServiceWatchRequest.newBuilder()
                        .setCursor(client.cursor)
                        .setFilter(AlertFilter.newBuilder().addMatchers("a=b"))
                        .build(),
                "CURSOR_MISMATCH",
                "cursor");
        assertRefused(
                AlertServiceWatchRequest.newBuilder()
                        .setFilter(AlertFilter.newBuilder().addMatchers("{{"))
                        .build(),
                "INVALID_MATCHER",
                "filter.matchers[0]");
        AlertServiceWatchRequest.Builder many = AlertServiceWatchRequest.newBuilder();
        for (int i = 0; i <= 100_000; i++) {
            many.putKnown("k" + i, i);
        }
        assertRefused(many.build(), "TOO_MANY", "known");
    }

    private void assertRefused(AlertServiceWatchRequest request, String reason, String field) throws IOException {
        StatusRuntimeException failure = failure(() ->
                AlertServiceGrpc.newBlockingStub(one.channel).watch(request).next());
        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(Details.info(failure).getReason()).isEqualTo(reason);
        assertThat(Details.info(failure).getDomain()).isEqualTo("tocsin.dev");
        assertThat(Details.badRequest(failure).getFieldViolations(0).getField()).isEqualTo(field);
    }

    @Test
    void aDeadlineEndsAWatchWhichGivesItsPlaceBack() {
        StatusRuntimeException failure = failure(() -> AlertServiceGrpc.newBlockingStub(one.channel)
                .withDeadlineAfter(Duration.ofMillis(200))
                .watch(AlertServiceWatchRequest.getDefaultInstance())
                .forEachRemaining(message -> {}));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
        awaitNoWatches();
    }

    @Test
    void aClientThatCancelsGivesItsPlaceBack() {
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> new Client().follow(one));
            assertThat(new MetricValues(one.metrics).value("tocsin_watches")).isEqualTo(1);
        }

        awaitNoWatches();
    }

    private void awaitNoWatches() {
        while (new MetricValues(one.metrics).value("tocsin_watches") > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aWatchOfTheJournalsTakesNoTimes() throws IOException {
        StatusRuntimeException failure = failure(() -> NotificationServiceGrpc.newBlockingStub(one.channel)
                .watch(NotificationServiceWatchRequest.newBuilder()
                        .setFilter(JournalFilter.newBuilder()
                                .setSince(com.google.protobuf.Timestamp.newBuilder()
                                        .setSeconds(1)))
                        .build())
                .next());

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(Details.badRequest(failure).getFieldViolations(0).getField()).isEqualTo("filter");
    }
}
