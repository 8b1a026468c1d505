package dev.tocsin.notifiers.webhook;

import static dev.tocsin.notifiers.http.RecordingServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.http.RecordedRequest;
import dev.tocsin.notifiers.http.RecordingServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookNotifierTest {
    private static final String INVALID =
            "{\"status\":\"invalid\",\"message\":\"msg here\",\"errors\":[\"e1\",\"e2\"]}";

    private final RecordingServer server = new RecordingServer();
    private final WebhookHarness harness = new WebhookHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");

    @AfterEach
    void close() {
        harness.close();
        server.close();
    }

    static Stream<Arguments> retryMatrix() {
        return new JsonResource(WebhookNotifierTest.class, "retry-matrix.json")
                .objects().stream()
                        .map(row ->
                                Arguments.of(row.get("status"), row.get("ok"), row.get("retried"), row.get("reason")));
    }

    @ParameterizedTest
    @MethodSource("retryMatrix")
    void decidesAsAlertmanagerDoes(String status, boolean ok, boolean retried, String reason) throws Exception {
        boolean silent = status.equals("timeout");
        if (silent) {
            server.then(server.hangAfter(""));
        } else {
            server.then(reply(Integer.parseInt(status), status.equals("204") ? "" : INVALID, "Location: /moved"));
        }

        Outcome outcome = harness.webhook("http://" + server.address() + "/x")
                .send(notification, silent ? WebhookHarness.NOW.plusMillis(150) : WebhookHarness.LATER);

        switch (outcome) {
            case Outcome.Delivered delivered -> assertThat(ok).isTrue();
            case Outcome.Permanent permanent -> {
                assertThat(ok || retried).isFalse();
                assertThat(permanent.reason().label()).isEqualTo(reason);
                assertThat(permanent.message()).isEqualTo("unexpected status code " + status + ": " + INVALID);
            }
            case Outcome.Retryable retryable -> {
                assertThat(retried).isNotEqualTo(silent);
                assertThat(retryable.reason().label()).isEqualTo(reason);
                assertThat(retryable.message())
                        .isEqualTo(
                                silent
                                        ? "context deadline exceeded"
                                        : "unexpected status code " + status + ": " + INVALID);
                assertThat(retryable.maybeAccepted()).isEqualTo(silent);
                assertThat(retryable.unreachable()).isFalse();
            }
        }
    }

    @Test
    void aRefusalWithoutABodyHasNoSuffix() throws Exception {
        server.then(503, "");

        assertThat(send()).isEqualTo(retryable(FailureReason.SERVER_ERROR, "unexpected status code 503", false, false));
    }

    @Test
    void saysThatALongBodyWasCut() throws Exception {
        server.then(404, "x".repeat(10_000_000));

        assertThat(send())
                .isInstanceOfSatisfying(
                        Outcome.Permanent.class,
                        outcome -> assertThat(outcome.message())
                                .hasSizeLessThan(70_000)
                                .endsWith("xxx (body cut after 65536 characters)"));
    }

    @ParameterizedTest
    @CsvSource({"200, 200ms", "5, 5ns"})
    void theOwnTimeoutIsNamed(String nanos, String text) throws Exception {
        server.then(server.hangAfter(""));
        Duration timeout = text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(nanos))
                : Duration.ofNanos(Long.parseLong(nanos));
        Notifier webhook = harness.build(WebhookHarness.config(
                "http://" + server.address() + "/x", "", 0, timeout, null, HttpClientConfig.DEFAULT));

        Outcome outcome = webhook.send(notification, WebhookHarness.LATER);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Retryable.class, retryable -> {
            assertThat(retryable.message())
                    .isEqualTo("Post \"<redacted>\": configured webhook timeout reached (" + text + ")");
            assertThat(retryable.reason()).isEqualTo(FailureReason.OTHER);
        });
    }

    @Test
    void aRefusedConnectionIsReportedWithoutTheAddressOfTheWebhook() throws Exception {
        server.close();

        Outcome outcome = harness.webhook("http://user:hunter2@" + server.address() + "/secret-path?token=abc")
                .send(notification, WebhookHarness.LATER);

        assertThat(outcome)
                .isEqualTo(retryable(
                        FailureReason.OTHER,
                        "Post \"<redacted>\": dial tcp " + server.address() + ": connect: connection refused",
                        false,
                        true));
    }

    @Test
    void aReceiverThatHangsUpMayHaveAccepted() throws Exception {
        server.then((request, socket, out) -> false);

        assertThat(send()).isEqualTo(retryable(FailureReason.OTHER, "Post \"<redacted>\": EOF", true, false));
    }

    @Test
    void marksAPossibleRepeat() throws Exception {
        Notification n = notification;
        Notification repeat = new Notification(
                n.receiver(),
                n.integration(),
                n.groupKey(),
                n.groupLabels(),
                Map.of("team", "infra"),
                n.alerts(),
                n.at(),
                n.reason(),
                n.externalUrl(),
                n.sequence(),
                n.idempotencyKey(),
                true,
                n.receiverData());

        harness.webhook("http://" + server.address()).send(repeat, WebhookHarness.LATER);

        RecordedRequest request = server.take();
        assertThat(request.line()).isEqualTo("POST / HTTP/1.1");
        assertThat(request.header("Tocsin-Possible-Repeat")).isEqualTo("true");
        assertThat(request.header("Idempotency-Key")).isEqualTo("key-7");
        assertThat(request.body()).contains("},\"routeLabels\":{\"team\":\"infra\"},\"externalURL\":");
    }

    @Test
    void readsTheAddressFromItsFileForEachNotification(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("url");
        Notifier webhook = harness.build(
                WebhookHarness.config("", file.toString(), 0, Duration.ZERO, null, HttpClientConfig.DEFAULT));

        assertThat(webhook.send(notification, WebhookHarness.LATER))
                .isEqualTo(permanent("read url_file: open " + file + ": no such file or directory"));

        Files.writeString(file, " http://" + server.address() + "/from-file\n");
        assertThat(webhook.send(notification, WebhookHarness.LATER)).isInstanceOf(Outcome.Delivered.class);
        assertThat(server.take().line()).isEqualTo("POST /from-file HTTP/1.1");

        Files.writeString(file, " \n");
        assertThat(webhook.send(notification, WebhookHarness.LATER))
                .isEqualTo(permanent("webhook URL is empty after templating"));

        Files.writeString(file, "http://x/{{ .Nope }}");
        assertThat(webhook.send(notification, WebhookHarness.LATER))
                .isEqualTo(permanent(
                        "failed to template webhook URL: template: :1:12: executing \"\" at <.Nope>: can't evaluate"
                                + " field Nope in type *template.Data"));

        Files.writeString(file, "http://secret token@x/");
        assertThat(webhook.send(notification, WebhookHarness.LATER))
                .isEqualTo(retryable(
                        FailureReason.OTHER, "parse \"<redacted>\": net/url: invalid userinfo", false, false));
    }

    @Test
    void sendsAPayloadOfOnesOwn() throws Exception {
        Object payload = Map.of("b", "yes", "a", Map.of("n", 1L));

        payload(payload).send(notification, WebhookHarness.LATER);

        RecordedRequest request = server.take();
        assertThat(request.body()).isEqualTo("{\"a\":{\"n\":1},\"b\":true}\n");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aPayloadThatIsNoJsonIsNotTriedAgain() throws Exception {
        assertThat(payload(Map.of("a", ".inf")).send(notification, WebhookHarness.LATER))
                .isEqualTo(permanent("json: unsupported value: +Inf"));
    }

    @Test
    void closingTwiceGivesTheClientBackOnce() throws Exception {
        Notifier first = harness.webhook("http://" + server.address());
        Notifier second = harness.webhook("http://" + server.address());
        first.send(notification, WebhookHarness.LATER);
        first.close();
        first.close();

        second.send(notification, WebhookHarness.LATER);

        assertThat(server.connections()).isEqualTo(1);
    }

    private Notifier payload(@Nullable Object payload) throws Exception {
        return harness.build(WebhookHarness.config(
                "http://" + server.address(), "", 0, Duration.ZERO, payload, HttpClientConfig.DEFAULT));
    }

    private Outcome send() throws Exception {
        return harness.webhook("http://" + server.address() + "/x").send(notification, WebhookHarness.LATER);
    }

    private static Outcome permanent(String message) {
        return new Outcome.Permanent(FailureReason.OTHER, message);
    }

    private static Outcome retryable(FailureReason reason, String message, boolean maybe, boolean unreachable) {
        return new Outcome.Retryable(reason, message, maybe, unreachable);
    }
}
