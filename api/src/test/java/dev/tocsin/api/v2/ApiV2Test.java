package dev.tocsin.api.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.FakeHub;
import dev.tocsin.api.TestInterface;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiV2Test {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String ID = "5838ad3f-aa1c-4a1e-a9d9-12bc1ad1f61c";
    private static final String SILENCE = """
            {"id":"%s","comment":"c","createdBy":"me","startsAt":"%s","endsAt":"2035-01-02T00:00:00.5+01:00",\
            "matchers":[{"name":"a","value":"b","isRegex":false},\
            {"name":"q","value":"r\\ud800","isRegex":true,"isEqual":false}],"annotations":{"k":"v"}}""";

    private final TestInterface api = new TestInterface("/", ZoneId.of("Europe/Paris"), new VirtualTime(NOW));

    @AfterEach
    void stop() {
        api.close();
    }

    private static Silence silence(String id, Instant start, Instant end, List<List<Matcher>> sets) {
        return new Silence(id, sets, start, end, NOW.plusNanos(678_999_999), "me", "why", Map.of(), end);
    }

    private static List<List<Matcher>> oneSet() {
        return List.of(List.of(Matcher.equal("a", "b")));
    }

    @Test
    void postedAlertsReachTheHubWithTheirSource() throws IOException {
        RawClient.Answer answer = api.send(
                "POST",
                "/api/v2/alerts",
                Map.of("Content-Type", "application/json", "User-Agent", "Prometheus/3.0"),
                "[{\"labels\":{\"alertname\":\"A\"},\"startsAt\":\"0001-01-01T00:00:00Z\"}]");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).doesNotContainKey("content-type");
        FakeHub.Posted posted = api.hub.posted.getFirst();
        assertThat(posted.source()).isEqualTo(new AlertSource("127.0.0.1", "Prometheus/3.0"));
        assertThat(posted.batch()).singleElement().satisfies(alert -> {
            assertThat(alert.labels()).isEqualTo(LabelSet.of("alertname", "A"));
            assertThat(alert.startsAt()).isNull();
        });
    }

    @Test
    void refusedAlertsAreNamedInOneText() throws IOException {
        api.hub.ingestAnswer = CompletableFuture.completedFuture(
                List.of("at least one label pair required", "start time must be before end time"));
        RawClient.Answer answer = api.post("/api/v2/alerts", "[{\"labels\":{}}]");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .isEqualTo("\"at least one label pair required\\nstart time must be before end time\"\n");
    }

    @Test
    void aStoreThatFailsIsAnInternalError() throws IOException {
        api.hub.ingestAnswer = CompletableFuture.failedFuture(new CompletionException(new IOException("no space")));
        RawClient.Answer answer = api.post("/api/v2/alerts", "[]");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("\"no space\"\n");
    }

    @Test
    void aBodyThatIsNoListOfAlertsNeverReachesTheHub() throws IOException {
        assertThat(api.post("/api/v2/alerts", "[{}]").text())
                .isEqualTo("{\"code\":602,\"message\":\"0.labels in body is required\"}");
        assertThat(api.post("/api/v2/alerts", "[").status()).isEqualTo(400);
        assertThat(api.hub.posted).isEmpty();
    }

    @Test
    void suppressedAlertsTellWhyAndTimesOfTheServerAreInItsZone() throws IOException {
        Alert alert = new Alert(
                LabelSet.of("alertname", "A"),
                LabelSet.EMPTY,
                NOW,
                ZoneOffset.UTC,
                NOW.plusSeconds(60),
                ZoneOffset.ofHours(2),
                NOW,
                "",
                false);
        api.hub.alerts.add(
                new AlertView(alert, List.of("r", "r"), List.of("00000000000000ff"), List.of(ID), List.of()));
        assertThat(api.get("/api/v2/alerts").text()).isEqualTo("""
                [{"annotations":{},"endsAt":"2026-01-02T05:05:05.000+02:00","fingerprint":"d2c6efc389df0927",\
                "receivers":[{"name":"r"},{"name":"r"}],"startsAt":"2026-01-02T03:04:05.000Z",\
                "status":{"inhibitedBy":["00000000000000ff"],"mutedBy":[],"silencedBy":["%s"],"state":"suppressed"},\
                "updatedAt":"2026-01-02T04:04:05.000+01:00","labels":{"alertname":"A"}}]
                """.formatted(ID));
        assertThat(api.get("/api/v2/alerts?silenced=false").text()).isEqualTo("[]\n");
        assertThat(api.get("/api/v2/alerts?inhibited=false").text()).isEqualTo("[]\n");
        assertThat(api.get("/api/v2/alerts?active=false").text()).isNotEqualTo("[]\n");
    }

    @Test
    void onlyAlertsAndSilencesHaveTheirMarkupEscaped() throws IOException {
        Alert alert = new Alert(
                LabelSet.of("alertname", "a&<>"),
                LabelSet.EMPTY,
                NOW,
                ZoneOffset.UTC,
                NOW.plusSeconds(60),
                ZoneOffset.UTC,
                NOW,
                "",
                false);
        api.hub.alerts.add(new AlertView(alert, List.of("r&"), List.of(), List.of(), List.of()));
        assertThat(api.get("/api/v2/alerts/groups").text())
                .contains("\"labels\":{\"alertname\":\"a\\u0026\\u003c\\u003e\"}}]")
                .endsWith("\"labels\":{\"alertname\":\"a&<>\"},\"receiver\":{\"name\":\"r&\"},\"routeLabels\":{}}]\n");
        api.hub.receivers.add(new ReceiverConfig("r&", Map.of("name", "r&"), List.of()));
        assertThat(api.get("/api/v2/receivers").text()).isEqualTo("[{\"labels\":{\"name\":\"r&\"},\"name\":\"r&\"}]\n");
        assertThat(api.get("/api/v2/a&b").text())
                .isEqualTo("{\"code\":404,\"message\":\"path /api/v2/a\\u0026b was not found\"}");
    }

    @Test
    void silencesAreListedByStateAndShownInUtc() throws IOException {
        Matcher notX = Matcher.equal("z", "x");
        api.hub.silences.all.add(silence("active", NOW.minusSeconds(1), NOW.plusSeconds(1), List.of(List.of(notX))));
        api.hub.silences.all.add(silence("pending", NOW.plusSeconds(1), NOW.plusSeconds(2), oneSet()));
        api.hub.silences.all.add(silence("expired", NOW.minusSeconds(1), NOW, oneSet()));
        assertThat(api.get("/api/v2/silences?pending=false&expired=0").text()).isEqualTo("""
                [{"id":"active","status":{"state":"active"},"updatedAt":"2026-01-02T03:04:05.678Z",\
                "comment":"why","createdBy":"me","endsAt":"2026-01-02T03:04:06.000Z",\
                "matchers":[{"isEqual":true,"isRegex":false,"name":"z","value":"x"}],\
                "startsAt":"2026-01-02T03:04:04.000Z"}]
                """);
        assertThat(api.get("/api/v2/silences?active=no").text())
                .contains("\"pending\"", "\"expired\"")
                .doesNotContain("\"active\"");
        assertThat(api.get("/api/v2/silences?filter=a%3D%22b%22").text()).doesNotContain("\"id\":\"active\"");
    }

    @Test
    void silencesOfSeveralSetsCannotBeShown() throws IOException {
        List<Matcher> set = List.of(Matcher.equal("a", "b"));
        api.hub.silences.all.add(silence(ID, NOW, NOW.plusSeconds(1), List.of(set, set)));
        String text = "\"silence '" + ID + "' has multiple matcher sets which is not supported by this API version\"\n";
        for (String target : List.of("/api/v2/silences", "/api/v2/silence/" + ID)) {
            RawClient.Answer answer = api.get(target);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).isEqualTo(text);
        }
    }

    @Test
    void oneSilenceCanBeShownAndEnded() throws IOException {
        assertThat(api.get("/api/v2/silence/" + ID).status()).isEqualTo(404);
        assertThat(api.send("DELETE", "/api/v2/silence/" + ID, Map.of(), "").status())
                .isEqualTo(404);
        api.hub.silences.all.add(silence(ID, NOW, NOW.plusSeconds(1), oneSet()));
        assertThat(api.get("/api/v2/silence/" + ID).text())
                .startsWith("{\"id\":\"" + ID + "\",")
                .endsWith("}\n");
        RawClient.Answer deleted = api.send("DELETE", "/api/v2/silence/" + ID, Map.of(), "");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
    }

    @Test
    void aPostedSilenceArrivesAsItWasWritten() throws IOException {
        RawClient.Answer answer = api.post("/api/v2/silences", SILENCE.formatted("the-id", "2035-01-01T00:00:00Z"));
        assertThat(answer.text()).isEqualTo("{\"silenceID\":\"an-id\"}\n");
        assertThat(api.hub.silences.drafts.getFirst())
                .isEqualTo(new Silences.Draft(
                        "the-id",
                        List.of(
                                new Silences.MatcherDraft("a", "b", false, true),
                                new Silences.MatcherDraft("q", "r\ufffd", true, false)),
                        Instant.parse("2035-01-01T00:00:00Z"),
                        Instant.parse("2035-01-01T23:00:00.5Z"),
                        "me",
                        "c",
                        Map.of("k", "v")));
    }

    @Test
    void goesZeroTimeMeansNow() throws IOException {
        api.post("/api/v2/silences", SILENCE.formatted("", "0001-01-01T00:00:00.000Z"));
        assertThat(api.hub.silences.drafts.getFirst().startsAt()).isNull();
    }

    @Test
    void unknownAndRefusedSilencesAreAnsweredAsTexts() throws IOException {
        String body = SILENCE.formatted("", "2035-01-01T00:00:00Z");
        api.hub.silences.setAnswer = new Silences.SetResult.NotFound();
        RawClient.Answer missing = api.post("/api/v2/silences", body);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).isEqualTo("\"silence not found\"\n");
        api.hub.silences.setAnswer = new Silences.SetResult.Refused("invalid silence: <no>");
        RawClient.Answer refused = api.post("/api/v2/silences", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo("\"invalid silence: <no>\"\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[null]|422|{\"code\":602,\"message\":\"matchers.0 in body is required\"}",
                "[{\"name\":[[[]]]}]|400|{\"code\":400,\"message\":\"parsing silence body from \\\"\\\" failed, because"
                        + " json: cannot unmarshal array into Go struct field Silence.matchers.0.name of type string\"}",
            })
    void matchersThatAreNoneAreNamed(String matchers, int status, String text) throws IOException {
        RawClient.Answer answer = api.post(
                "/api/v2/silences",
                "{\"comment\":\"c\",\"createdBy\":\"m\",\"startsAt\":\"2035-01-01T00:00:00Z\","
                        + "\"endsAt\":\"2035-01-02T00:00:00Z\",\"matchers\":" + matchers + "}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(text);
    }

    @Test
    void nestingWithoutEndAndBytesThatAreNoTextAreRefusedQuietly() throws IOException {
        assertThat(api.post("/api/v2/silences", "[".repeat(200_000)).status()).isEqualTo(400);
        assertThat(api.post("/api/v2/silences", "{\"x\":".repeat(200_000)).status())
                .isEqualTo(400);
        assertThat(api.post("/api/v2/silences", "{\"comment\":\"\u0000\"}").status())
                .isEqualTo(400);
        assertThat(api.hub.silences.drafts).isEmpty();
    }

    @Test
    void theStatusShowsTheClusterTheConfigurationAndTheCompatibleVersion() throws IOException {
        api.hub.status = new HubStatus(
                "n1",
                "ready",
                List.of(new HubStatus.Peer("n1", "10.0.0.1:9094"), new HubStatus.Peer("n2", "10.0.0.2:9094")),
                "route: {}\nurl: <secret>\n",
                NOW.plusNanos(123_987_654));
        assertThat(api.get("/api/v2/status").text()).isEqualTo("""
                {"cluster":{"name":"n1","peers":[{"address":"10.0.0.1:9094","name":"n1"},\
                {"address":"10.0.0.2:9094","name":"n2"}],"status":"ready"},\
                "config":{"original":"route: {}\\nurl: <secret>\\n"},"uptime":"2026-01-02T04:04:05.123+01:00",\
                "versionInfo":{"branch":"tocsin","buildDate":"","buildUser":"","goVersion":"java25",\
                "revision":"tocsin-0.1.0","version":"0.34.0"}}
                """);
    }

    @Test
    void receiverMatchersSeeTheReceiversLabels() throws Exception {
        api.hub.receivers.add(new ReceiverConfig("a", Map.of("name", "a", "team", "x"), List.of()));
        api.hub.receivers.add(new ReceiverConfig("b", Map.of("name", "b"), List.of()));
        assertThat(Matcher.of("team", MatchType.NOT_EQUAL, "x").matches("")).isTrue();
        assertThat(api.get("/api/v2/receivers?receiver_matchers=team!=x").text())
                .isEqualTo("[{\"labels\":{\"name\":\"b\"},\"name\":\"b\"}]\n");
    }
}
