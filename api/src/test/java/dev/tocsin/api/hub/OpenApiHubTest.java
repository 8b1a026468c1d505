package dev.tocsin.api.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.TestInterface;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.api.hub.request.JsonBody;
import dev.tocsin.api.hub.stream.Wake;
import dev.tocsin.api.openapi.Case;
import dev.tocsin.api.openapi.OpenApiDocument;
import dev.tocsin.api.service.ServiceException;
import java.io.IOException;
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

/** The document of the hub API says what the handlers do: every operation, every status, every body. */
class OpenApiHubTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.shipped("hub.json");

    private final TestInterface api = new TestInterface();

    @AfterEach
    void stop() {
        api.close();
    }

    static List<Case> cases() {
        return Case.all("hub-cases.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyAnswerIsAsDocumented(Case one) throws IOException {
        if (!one.state().equals("empty")) {
            HubState.fill(api);
        }
        if (one.state().equals("silent")) {
            api.testAnswer = new CompletableFuture<>();
        }
        if (one.state().equals("stopping")) {
            api.hubApi.endStreams();
        }
        if (one.state().equals("crowded")) {
            for (int i = 0; i < Streams.MOST; i++) {
                api.hubApi.streams().add(new Wake());
            }
        }
        if (one.state().equals("busy")) {
            api.testAnswer = CompletableFuture.failedFuture(
                    new ServiceException(ServiceException.Fault.EXHAUSTED, "TOO_MANY_TESTS", "too many", List.of()));
        }
        String body = one.body().equals("<long>") ? "[" + " ".repeat(JsonBody.MAX_BYTES) + "]" : one.body();
        RawClient.Answer answer = api.send(one.method(), "/api/hub/v1" + one.target(), one.headers(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(one.status());
        assertThat(answer.headers()).containsEntry("cache-control", "no-store");
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
        provoked.add("openStream 200"); // by the tests of streams
        assertThat(new TreeSet<>(provoked)).isEqualTo(DOCUMENT.answers());
    }

    @Test
    void everyParameterIsDocumentedAndUsed() {
        for (HubOperation operation : api.hubApi.operations()) {
            String id =
                    DOCUMENT.operationId(operation.method(), operation.path().text());
            assertThat(DOCUMENT.queryParameters(id)).as(id).isEqualTo(new TreeSet<>(operation.parameters()));
            String targets = cases().stream()
                    .filter(one -> one.operation().equals(id) && one.status() == 200)
                    .map(Case::target)
                    .collect(Collectors.joining("&"));
            if (id.equals("openStream")) {
                continue;
            }
            assertThat(operation.parameters()).as(id).allMatch(name -> targets.contains(name + "="));
        }
    }

    @Test
    void theOperationsOfTheDocumentAreThoseOfTheRouterAndNoOthers() throws IOException {
        Map<String, Set<String>> registered = new TreeMap<>();
        for (HubOperation operation : api.hubApi.operations()) {
            registered
                    .computeIfAbsent(operation.path().text(), path -> new TreeSet<>())
                    .add(operation.method());
        }
        assertThat(DOCUMENT.methods()).isEqualTo(registered);
        assertThat(DOCUMENT.loose()).isEmpty();
        for (String path : DOCUMENT.methods().keySet()) {
            RawClient.Answer answer =
                    api.send("PATCH", "/api/hub/v1" + path.replaceAll("\\{[a-z]+}", "x"), Map.of(), "");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers().get("allow"))
                    .contains(DOCUMENT.methods().get(path));
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        }
    }
}
