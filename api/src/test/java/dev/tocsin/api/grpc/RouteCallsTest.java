package dev.tocsin.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import dev.tocsin.api.grpc.v1.RouteServiceGrpc;
import dev.tocsin.api.grpc.v1.RouteServiceWhatIfRequest;
import dev.tocsin.api.grpc.v1.RouteServiceWhatIfResponse;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.ConfigDifference;
import dev.tocsin.core.whatif.WhatIfAnswer;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would be, and would have been, over gRPC. */
class RouteCallsTest {
    private static final Instant THREE = Instant.parse("2026-01-02T03:00:00Z");
    private static final LabelSet LABELS = LabelSet.of("alertname", "Down");

    private final VirtualTime time = new VirtualTime();
    private TestGrpc grpc;

    @BeforeEach
    void start() throws IOException {
        grpc = new TestGrpc(time, time, new VirtualWorkers(time));
        grpc.server.serve();
        grpc.hub.whatIfAnswer = new WhatIfAnswer.Compared(new Comparison(
                "Much would change.",
                THREE,
                5,
                1,
                2,
                3,
                4,
                List.of(new Comparison.AlertChange(
                        LABELS.fingerprint(), LABELS, List.of("a"), List.of("b"), List.of("c"), "why")),
                List.of(new Comparison.GroupChange("{}:{}", "a", true, false, 7, "empty")),
                List.of(new Comparison.ReceiverChange("a", 2, 1), new Comparison.ReceiverChange("b", 0, 1)),
                List.of(new ConfigDifference("route", "{}", ConfigDifference.Change.REMOVED, "to a"))));
    }

    @AfterEach
    void stop() {
        grpc.close();
    }

    private RouteServiceWhatIfResponse ask(RouteServiceWhatIfRequest request) {
        return RouteServiceGrpc.newBlockingStub(grpc.channel).whatIf(request);
    }

    private static Timestamp time(String text) {
        return Times.timestamp(Instant.parse(text));
    }

    @Test
    void everythingThatWouldChangeIsTold() {
        RouteServiceWhatIfResponse answer = ask(RouteServiceWhatIfRequest.newBuilder()
                .setConfigYaml("route: {}")
                .build());

        assertThat(grpc.hub.candidates).containsExactly(new Candidate.ConfigurationText("route: {}"));
        assertThat(answer).hasToString("""
                        sentence: "Much would change."
                        alerts_total: 5
                        alerts_changed: 1
                        groups_changed: 7
                        alerts {
                          fingerprint: "FINGERPRINT"
                          labels {
                            key: "alertname"
                            value: "Down"
                          }
                          receivers_lost: "a"
                          receivers_gained: "b"
                          reason: "why"
                          receivers_told_again: "c"
                        }
                        groups {
                          group_key: "{}:{}"
                          receiver: "a"
                          notifies_now: true
                          reason: "empty"
                          alerts: 7
                        }
                        receivers_losing: "a"
                        alerts_told_again: 2
                        groups_stopped: 3
                        groups_started: 4
                        receivers {
                          receiver: "a"
                          alerts_now: 2
                          alerts_then: 1
                        }
                        receivers {
                          receiver: "b"
                          alerts_then: 1
                        }
                        differences {
                          what: "route"
                          name: "{}"
                          change: "removed"
                          detail: "to a"
                        }
                        """.replace("FINGERPRINT", LabelSet.fingerprintText(LABELS.fingerprint())));
    }

    @Test
    void aTimeThatIsPastCanBeTried() {
        ask(RouteServiceWhatIfRequest.newBuilder()
                .setExpiredSilenceId("s")
                .setSince(time("2026-01-02T03:00:00Z"))
                .setUntil(time("2026-01-02T04:00:00Z"))
                .build());

        assertThat(grpc.hub.candidates)
                .containsExactly(new Candidate.InPast(
                        new Candidate.EndedSilence("s"), THREE, Instant.parse("2026-01-02T04:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "2026-01-02T03:00:00Z, , until: give both ends of the time or none",
                ", 2026-01-02T03:00:00Z, since: give both ends of the time or none",
                "2026-01-02T03:00:00Z, 2026-01-02T03:00:00Z, since: must be before until",
            })
    void aTimeThatIsNoneIsRefused(@Nullable String from, @Nullable String until, String message) {
        RouteServiceWhatIfRequest.Builder request =
                RouteServiceWhatIfRequest.newBuilder().setConfigYaml("route: {}");
        if (from != null) {
            request.setSince(time(from));
        }
        if (until != null) {
            request.setUntil(time(until));
        }
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, () -> ask(request.build()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).isEqualTo(message);
        assertThat(grpc.hub.candidates).isEmpty();
    }
}
