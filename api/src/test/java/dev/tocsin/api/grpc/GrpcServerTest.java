package dev.tocsin.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.api.grpc.v1.AlertFilter;
import dev.tocsin.api.grpc.v1.AlertServiceGetRequest;
import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceListRequest;
import dev.tocsin.api.grpc.v1.AlertServiceListResponse;
import dev.tocsin.api.grpc.v1.AlertServicePushRequest;
import dev.tocsin.api.grpc.v1.AlertState;
import dev.tocsin.api.grpc.v1.ClusterServiceGrpc;
import dev.tocsin.api.grpc.v1.ClusterServiceMembersRequest;
import dev.tocsin.api.grpc.v1.MatchType;
import dev.tocsin.api.grpc.v1.Matcher;
import dev.tocsin.api.grpc.v1.NotificationServiceGrpc;
import dev.tocsin.api.grpc.v1.NotificationServiceHistoryRequest;
import dev.tocsin.api.grpc.v1.NotificationServiceHistoryResponse;
import dev.tocsin.api.grpc.v1.PostableAlert;
import dev.tocsin.api.grpc.v1.RouteServiceGrpc;
import dev.tocsin.api.grpc.v1.RouteServiceTreeRequest;
import dev.tocsin.api.grpc.v1.SilenceDraft;
import dev.tocsin.api.grpc.v1.SilenceServiceGrpc;
import dev.tocsin.api.grpc.v1.SilenceServicePreviewRequest;
import dev.tocsin.api.grpc.v1.SilenceServiceUpsertRequest;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of tocsin.v1, over a real connection. */
class GrpcServerTest {
    private final VirtualTime time = new VirtualTime();
    private TestGrpc grpc;

    @BeforeEach
    void start() throws IOException {
        grpc = new TestGrpc(time, time, new VirtualWorkers(time));
        grpc.server.serve();
    }

    @AfterEach
    void stop() {
        grpc.close();
    }

    private AlertView alert(String name, String... more) {
        List<String> labels = new ArrayList<>(List.of("alertname", name));
        labels.addAll(List.of(more));
        Instant now = time.now();
        return new AlertView(
                new dev.tocsin.core.alert.Alert(
                        LabelSet.of(labels.toArray(String[]::new)),
                        LabelSet.of("summary", "it is " + name),
                        now,
                        ZoneOffset.UTC,
                        now.plus(Duration.ofHours(1)),
                        ZoneOffset.UTC,
                        now,
                        "http://prom/x",
                        false),
                List.of("team"),
                List.of(),
                List.of(),
                List.of());
    }

    private AlertServiceGrpc.AlertServiceBlockingStub alerts() {
        return AlertServiceGrpc.newBlockingStub(grpc.channel);
    }

    private static StatusRuntimeException failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    @Test
    void alertsComeInPagesThatTogetherAreTheWholeList() {
        for (int i = 0; i < 25; i++) {
            grpc.hub.alerts.add(alert("a" + i));
        }

        List<String> seen = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            AlertServiceListResponse page = alerts().list(AlertServiceListRequest.newBuilder()
                    .setPageSize(10)
                    .setPageToken(token)
                    .build());
            page.getAlertsList().forEach(alert -> seen.add(alert.getFingerprint()));
            token = page.getNextPageToken();
            pages++;
        } while (!token.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aFilterAndAMaskGiveOnlyWhatWasAskedFor() {
        grpc.hub.alerts.add(alert("disk", "team", "a"));
        grpc.hub.alerts.add(alert("cpu", "team", "b"));

        AlertServiceListResponse page = alerts().list(AlertServiceListRequest.newBuilder()
                .setFilter(AlertFilter.newBuilder().addMatchers("team=~\"b|c\""))
                .setReadMask(FieldMask.newBuilder().addPaths("labels").addPaths("state"))
                .build());

        assertThat(page.getAlertsList())
                .containsExactly(Alert.newBuilder()
                        .putLabels("alertname", "cpu")
                        .putLabels("team", "b")
                        .setState(AlertState.ALERT_STATE_ACTIVE)
                        .build());
    }

    @Test
    void badFieldsAreNamedInTheDetails() throws InvalidProtocolBufferException {
        StatusRuntimeException failure = failure(() -> alerts().list(AlertServiceListRequest.newBuilder()
                .setFilter(AlertFilter.newBuilder().addMatchers("ok=1").addMatchers("{{"))
                .build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(Details.info(failure).getReason()).isEqualTo("INVALID_MATCHER");
        assertThat(Details.badRequest(failure).getFieldViolations(0).getField()).isEqualTo("filter.matchers[1]");
    }

    @Test
    void tenMillionRowsAreNotPromised() throws InvalidProtocolBufferException {
        StatusRuntimeException failure = failure(() -> alerts().list(AlertServiceListRequest.newBuilder()
                .setPageSize(10_000_000)
                .build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(Details.info(failure).getReason()).isEqualTo("PAGE_SIZE_OUT_OF_RANGE");
        assertThat(failure.getStatus().getDescription()).contains("10000");
    }

    @Test
    void badOldAndForeignTokensAreToldApart() throws InvalidProtocolBufferException {
        grpc.hub.alerts.add(alert("a"));
        grpc.hub.alerts.add(alert("b"));
        String token = alerts().list(
                        AlertServiceListRequest.newBuilder().setPageSize(1).build())
                .getNextPageToken();

        assertThat(reason("x" + token, "")).isEqualTo("PAGE_TOKEN_INVALID");
        assertThat(reason("a".repeat(100_00), "")).isEqualTo("PAGE_TOKEN_INVALID");
        assertThat(reason(token, "alertname=a")).isEqualTo("PAGE_TOKEN_MISMATCH");
        time.advance(Duration.ofMinutes(61));
        assertThat(reason(token, "")).isEqualTo("PAGE_TOKEN_EXPIRED");
    }

    private String reason(String token, String matcher) throws InvalidProtocolBufferException {
        AlertServiceListRequest.Builder request =
                AlertServiceListRequest.newBuilder().setPageSize(1).setPageToken(token);
        if (!matcher.isEmpty()) {
            request.setFilter(AlertFilter.newBuilder().addMatchers(matcher));
        }
        return Details.info(failure(() -> alerts().list(request.build()))).getReason();
    }

    @Test
    void whatIsPushedReachesTheHubWithItsSender() {
        grpc.hub.ingestAnswer = CompletableFuture.completedFuture(List.of("bad one"));

        var answer = alerts().push(AlertServicePushRequest.newBuilder()
                .addAlerts(PostableAlert.newBuilder().putLabels("alertname", "x"))
                .addAlerts(PostableAlert.newBuilder().putLabels("", "y"))
                .build());

        assertThat(answer.getAccepted()).isEqualTo(1);
        assertThat(answer.getRefusalsList()).containsExactly("bad one");
        assertThat(grpc.hub.posted.getFirst().source().address()).isEqualTo("127.0.0.1");
        assertThat(grpc.hub.posted.getFirst().source().userAgent()).startsWith("grpc-java");
        assertThat(grpc.hub.posted.getFirst().batch()).hasSize(2);
    }

    @Test
    void nothingThatIsValidIsAnError() {
        grpc.hub.ingestAnswer = CompletableFuture.completedFuture(List.of("bad one"));

        StatusRuntimeException failure = failure(() -> alerts().push(AlertServicePushRequest.newBuilder()
                .addAlerts(PostableAlert.getDefaultInstance())
                .build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).contains("bad one");
    }

    @Test
    void aFailureOfTheHubIsInternalAndNotTold() {
        grpc.hub.ingestAnswer = CompletableFuture.failedFuture(new IllegalStateException("secret"));

        StatusRuntimeException failure = failure(() -> alerts().push(AlertServicePushRequest.newBuilder()
                .addAlerts(PostableAlert.getDefaultInstance())
                .build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INTERNAL);
        assertThat(failure.getStatus().getDescription()).doesNotContain("secret");
    }

    @Test
    void unknownThingsAreNotFound() {
        assertThat(failure(() -> alerts().get(AlertServiceGetRequest.newBuilder()
                                .setFingerprint("0123456789abcdef")
                                .build()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(failure(() -> alerts().get(AlertServiceGetRequest.newBuilder()
                                .setFingerprint("zz")
                                .build()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void aSilenceIsCheckedPreviewedAndMade() {
        var silences = SilenceServiceGrpc.newBlockingStub(grpc.channel);
        grpc.hub.alerts.add(alert("disk"));
        grpc.hub.alerts.add(alert("cpu"));
        Matcher disk = Matcher.newBuilder()
                .setName("alertname")
                .setType(MatchType.MATCH_TYPE_EQUAL)
                .setValue("disk")
                .build();

        var preview = silences.preview(
                SilenceServicePreviewRequest.newBuilder().addMatchers(disk).build());
        assertThat(preview.getMatched()).isEqualTo(1);
        assertThat(preview.getNewlySilenced()).isEqualTo(1);

        SilenceDraft.Builder draft = SilenceDraft.newBuilder()
                .addMatchers(disk)
                .setComment("c")
                .setEndsAt(Times.timestamp(time.now().plus(Duration.ofHours(1))));
        StatusRuntimeException failure = failure(() -> silences.upsert(
                SilenceServiceUpsertRequest.newBuilder().setSilence(draft).build()));
        assertThat(failure.getStatus().getDescription()).isEqualTo("silence.created_by: is required");

        String id = silences.upsert(SilenceServiceUpsertRequest.newBuilder()
                        .setSilence(draft.setCreatedBy("me"))
                        .build())
                .getId();
        assertThat(id).isEqualTo("an-id");
        assertThat(grpc.hub.silences.drafts.getFirst().matchers().getFirst().isEqual())
                .isTrue();
    }

    @Test
    void historyComesFromAllNodesAndSaysWhoIsSilent() {
        for (int i = 0; i < 5; i++) {
            grpc.journal.append(i % 2 == 0 ? "n1" : "n2", new HubEvent.Started("v" + i));
        }
        grpc.journal.append("n3", new HubEvent.Started("unheard"));
        grpc.journal.silent.add("n3");
        var notifications = NotificationServiceGrpc.newBlockingStub(grpc.channel);

        List<String> reasons = new ArrayList<>();
        String token = "";
        do {
            NotificationServiceHistoryResponse page =
                    notifications.history(NotificationServiceHistoryRequest.newBuilder()
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getEntriesList().forEach(entry -> reasons.add(entry.getNode() + " " + entry.getReason()));
            assertThat(page.getSilentNodes(0).getNode()).isEqualTo("n3");
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(reasons)
                .containsExactly(
                        "n1 started, version v4",
                        "n2 started, version v3",
                        "n1 started, version v2",
                        "n2 started, version v1",
                        "n1 started, version v0");
    }

    @Test
    void routesAreUnavailableBeforeThereIsAConfiguration() {
        assertThat(failure(() -> RouteServiceGrpc.newBlockingStub(grpc.channel)
                                .tree(RouteServiceTreeRequest.getDefaultInstance()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNAVAILABLE);
        assertThat(ClusterServiceGrpc.newBlockingStub(grpc.channel)
                        .members(ClusterServiceMembersRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo("disabled");
    }

    @Test
    void healthFollowsTheNode() throws IOException {
        assertThat(health(grpc)).isEqualTo(ServingStatus.SERVING);
        try (TestGrpc early = new TestGrpc(time, time, new VirtualWorkers(time))) {
            assertThat(failure(() -> health(early)).getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
        }
    }

    private static ServingStatus health(TestGrpc of) {
        return HealthGrpc.newBlockingStub(of.channel)
                .check(HealthCheckRequest.newBuilder()
                        .setService("tocsin.v1.AlertService")
                        .build())
                .getStatus();
    }
}
