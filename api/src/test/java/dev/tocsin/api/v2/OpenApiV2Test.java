package dev.tocsin.api.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.FakeHub;
import dev.tocsin.api.TestInterface;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.api.openapi.Case;
import dev.tocsin.api.openapi.OpenApiDocument;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document of the API says what the handlers do: every operation, every status, every body. */
class OpenApiV2Test {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.shipped("v2.json");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String ID = "5838ad3f-aa1c-4a1e-a9d9-12bc1ad1f61c";

    private final TestInterface api = new TestInterface();

    @AfterEach
    void stop() {
        api.close();
    }

    static List<Case> cases() {
        return Case.all("v2-cases.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyAnswerIsAsDocumented(Case one) throws IOException {
        prepare(api.hub, one.state());
        RawClient.Answer answer = api.send(one.method(), "/api/v2" + one.target(), one.headers(), one.body());
        assertThat(answer.status()).as(answer.text()).isEqualTo(one.status());
        assertThat(DOCUMENT.errors(
                        one.operation(), answer.status(), answer.headers().get("content-type"), answer.text()))
                .isEmpty();
        if (one.status() == 200 && !one.body().isEmpty()) {
            assertThat(DOCUMENT.requestErrors(one.operation(), one.body())).isEmpty();
        }
    }

    @Test
    void everyAnswerThatIsDocumentedIsProvoked() {
        Set<String> provoked = cases().stream()
                .map(one -> one.operation() + " " + one.status())
                .collect(Collectors.toSet());
        assertThat(DOCUMENT.answers()).isEqualTo(new TreeSet<>(provoked));
    }

    @Test
    void everyParameterThatIsDocumentedIsUsed() {
        for (String operation : cases().stream().map(Case::operation).collect(Collectors.toSet())) {
            String targets = cases().stream()
                    .filter(one -> one.operation().equals(operation) && one.status() == 200)
                    .map(Case::target)
                    .collect(Collectors.joining("&"));
            assertThat(DOCUMENT.queryParameters(operation)).allMatch(name -> targets.contains(name + "="));
        }
    }

    @Test
    void theOperationsOfTheDocumentAreThoseOfTheRouterAndNoOthers() throws IOException {
        Map<String, Set<String>> registered = new TreeMap<>();
        for (Operation operation : api.apiV2.operations()) {
            registered
                    .computeIfAbsent(operation.path(), path -> new TreeSet<>())
                    .add(operation.method());
        }
        assertThat(DOCUMENT.methods()).isEqualTo(registered);
        assertThat(DOCUMENT.loose()).isEmpty();
        for (Map.Entry<String, Set<String>> path : DOCUMENT.methods().entrySet()) {
            String target = "/api/v2" + path.getKey().replace("{silenceID}", ID);
            RawClient.Answer answer = api.send("PATCH", target, Map.of(), "");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers()).containsEntry("allow", String.join(",", path.getValue()));
        }
    }

    private static void prepare(FakeHub hub, String state) {
        switch (state) {
            case "empty" -> {}
            case "filled" -> fill(hub);
            case "refusing" -> {
                hub.ingestAnswer = CompletableFuture.completedFuture(List.of("at least one label pair required"));
                hub.silences.setAnswer = new Silences.SetResult.Refused("invalid silence: no");
            }
            case "failing" -> hub.ingestAnswer = CompletableFuture.failedFuture(new IOException("no space"));
            case "knowing none" -> hub.silences.setAnswer = new Silences.SetResult.NotFound();
            case "two sets" -> hub.silences.all.add(silence(NOW, List.of(matchers(), matchers())));
            default -> throw new IllegalArgumentException(state);
        }
    }

    private static List<Matcher> matchers() {
        return List.of(Matcher.equal("team", "x"));
    }

    private static Silence silence(Instant start, List<List<Matcher>> sets) {
        Instant end = Instant.parse("2040-01-01T00:00:00Z");
        return new Silence(ID, sets, start, end, NOW, "me", "why", Map.of("ticket", "T-1"), end);
    }

    private static void fill(FakeHub hub) {
        Alert alert = new Alert(
                LabelSet.of("alertname", "A", "team", "x"),
                LabelSet.of("summary", "s"),
                NOW,
                ZoneOffset.ofHours(2),
                Instant.parse("2040-01-01T00:00:00Z"),
                ZoneOffset.UTC,
                NOW,
                "http://prometheus/graph",
                false);
        hub.alerts.add(new AlertView(alert, List.of("pager"), List.of("0123456789abcdef"), List.of(ID), List.of()));
        hub.receivers.add(new ReceiverConfig("pager", Map.of("name", "pager", "owner", "sre"), List.of()));
        hub.silences.all.add(silence(NOW, List.of(matchers())));
        hub.status = new HubStatus(
                "hub-1", "ready", List.of(new HubStatus.Peer("hub-1", "127.0.0.1:9094")), "route:\n", NOW);
    }
}
