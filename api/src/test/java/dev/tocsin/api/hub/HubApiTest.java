package dev.tocsin.api.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.TestInterface;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.api.openapi.Json;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubApiTest {
    private static final String JSON = "application/json";

    private final TestInterface api = new TestInterface("/hub", ZoneId.of("UTC"), new VirtualTime(HubState.NOW));

    @AfterEach
    void stop() {
        api.close();
    }

    private Object get(String target) throws IOException {
        RawClient.Answer answer = api.get("/hub/api/hub/v1" + target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return Json.object(Json.parse(answer.text()));
    }

    private RawClient.Answer post(String target, String body) throws IOException {
        return api.post("/hub/api/hub/v1" + target, body);
    }

    private static List<String> texts(Object value, String list, String field) {
        List<String> texts = new ArrayList<>();
        Json.list(Json.at(value, list)).forEach(item -> texts.add(String.valueOf(Json.at(item, field))));
        return texts;
    }

    @Test
    void pagesOfAlertsFollowEachOtherWithoutGapOrRepeat() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            LabelSet labels = LabelSet.of("alertname", "A", "instance", "i" + i);
            api.hub.alerts.add(
                    new AlertView(HubState.alert(labels), List.of("pager"), List.of(), List.of(), List.of()));
            expected.add(labels.fingerprintText());
        }
        List<String> found = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            Object page = get("/alerts?limit=10&pageToken=" + token);
            found.addAll(texts(page, "alerts", "fingerprint"));
            token = String.valueOf(Json.at(page, "nextPageToken"));
            pages++;
        } while (!token.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        RawClient.Answer other = api.get("/hub/api/hub/v1/alerts?limit=10&filter=a%3Db&pageToken="
                + Json.at(get("/alerts?limit=10"), "nextPageToken"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(Json.at(Json.parse(other.text()), "errors", 0, "where")).isEqualTo("query.pageToken");
    }

    @Test
    void aProblemSaysWhereAndWhat() throws IOException {
        RawClient.Answer answer = post(
                "/silences/preview", "{\"matchers\":[\"a=b\",{\"name\":\"c\",\"operator\":\"==\",\"value\":\"d\"}]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(answer.text())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                                + "\"detail\":\"body.matchers[1].operator: must be one of =, !=, =~, !~\",\"reason\":\"INVALID\","
                                + "\"errors\":[{\"where\":\"body.matchers[1].operator\",\"what\":\"must be one of =, !=, =~, !~\"}]}");
        RawClient.Answer malformed = post("/silences/preview", "{\n  \"matchers\": [1,,]}");
        assertThat(Json.at(Json.parse(malformed.text()), "errors", 0, "where")).isEqualTo("body, line 2, column 18");
        RawClient.Answer filter = api.get("/hub/api/hub/v1/alerts?receiverMatcher=a&filter=a%3Db");
        assertThat(Json.at(Json.parse(filter.text()), "errors", 0, "where")).isEqualTo("query.receiverMatcher[0]");
        RawClient.Answer deep = post("/silences/preview", "{\"matchers\":" + "[".repeat(5000));
        assertThat(deep.status()).isEqualTo(400);
    }

    @Test
    void unknownPathsAndMethodsAreProblemsToo() throws IOException {
        assertThat(api.get("/hub/api/hub/v1/nope").status()).isEqualTo(404);
        assertThat(api.get("/hub/api/hub/v1/nope").headers()).containsEntry("content-type", "application/problem+json");
        assertThat(post("/silences/preview/x", "{}").status()).isEqualTo(404);
        assertThat(api.get("/hub/api/hub/v1/labels/").status()).isEqualTo(404);
        assertThat(api.send("DELETE", "/hub/api/hub/v1/alerts", Map.of(), "").headers())
                .containsEntry("allow", "GET");
    }

    @Test
    void onlyPagesOfTheHubsOwnOriginsMayAskForChanges() throws IOException {
        String target = "/hub/api/hub/v1/routes/test";
        HubState.fill(api);
        assertThat(changing(target, Map.of())).isEqualTo(200);
        assertThat(changing(target, Map.of("Origin", "http://x"))).isEqualTo(200);
        assertThat(changing(target, Map.of("Origin", "https://hub.example.org")))
                .isEqualTo(200);
        assertThat(changing(target, Map.of("Sec-Fetch-Site", "same-origin"))).isEqualTo(200);
        assertThat(changing(target, Map.of("Origin", "http://x.evil"))).isEqualTo(403);
        assertThat(changing(target, Map.of("Origin", "null"))).isEqualTo(403);
        assertThat(changing(target, Map.of("Sec-Fetch-Site", "same-site"))).isEqualTo(403);
        assertThat(changing(target, Map.of("Origin", "https://evil", "Sec-Fetch-Site", "same-origin")))
                .isEqualTo(403);
    }

    private int changing(String target, Map<String, String> headers) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", JSON);
        return api.send("POST", target, all, "{\"labels\":{}}").status();
    }

    @Test
    void aBulkWithOneWrongItemChangesNothing() throws IOException {
        HubState.fill(api);
        RawClient.Answer answer = post("/silences/bulk", """
                {"set":[
                  {"matchers":["a=b"],"endsAt":"2036-01-01T00:00:00Z","createdBy":"me","comment":"c"},
                  {"matchers":[],"endsAt":"2036-01-01T00:00:00Z","createdBy":"me","comment":"c"}],
                 "expire":["%s","unknown"]}""".formatted(HubState.SILENCE));
        assertThat(answer.status()).isEqualTo(400);
        Object problem = Objects.requireNonNull(Json.parse(answer.text()));
        assertThat(texts(problem, "errors", "where")).containsExactly("body.set[1]", "body.expire[1]");
        assertThat(Json.at(problem, "detail")).isEqualTo("2 of 4 items are refused, so nothing is done");
        assertThat(api.hub.silences.drafts).isEmpty();
    }

    @Test
    void aBulkTellsOfEachItemWhatCameOfIt() throws IOException {
        HubState.fill(api);
        String good =
                "{\"matchers\":[\"a=b\"],\"endsAt\":\"2036-01-01T00:00:00Z\",\"createdBy\":\"me\",\"comment\":\"c\"}";
        RawClient.Answer answer = post(
                "/silences/bulk",
                "{\"set\":[" + good + "," + good.replace("\"me\"", "\"\"") + "],\"expire\":[\"" + HubState.SILENCE
                        + "\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Object result = Json.parse(answer.text());
        assertThat(Json.at(result, "set", 0, "id")).isEqualTo("an-id");
        assertThat(Json.at(result, "set", 0, "ok")).isEqualTo(true);
        assertThat(Json.at(result, "set", 1, "ok")).isEqualTo(false);
        assertThat(Json.at(result, "set", 1, "error")).isEqualTo("silence.created_by: is required");
        assertThat(Json.at(result, "expire", 0, "ok")).isEqualTo(true);
        assertThat(api.hub.silences.drafts).hasSize(1);
    }

    @Test
    void labelsAreCountedMostFirst() throws IOException {
        HubState.fill(api);
        Object names = get("/labels?prefix=a");
        assertThat(Json.at(names, "total")).hasToString("1");
        assertThat(Json.at(names, "labels", 0, "name")).isEqualTo("alertname");
        assertThat(String.valueOf(Json.at(names, "labels", 0, "values"))).isEqualTo("2");
        Object values = get("/labels/alertname?limit=1");
        assertThat(texts(values, "values", "value")).containsExactly("A");
        assertThat(String.valueOf(Json.at(values, "total"))).isEqualTo("2");
        assertThat(texts(get("/labels/alertname?filter=alertname%3D%22B%22"), "values", "value"))
                .containsExactly("B");
    }

    @Test
    void theDocumentsAreServedBelowThePrefixAndV2HasNoneOfItsOwn() throws IOException {
        assertThat(Json.at(get("/openapi.json"), "servers", 0, "url")).isEqualTo(".");
        assertThat(Json.at(get("/openapi-v2.json"), "servers", 0, "url")).isEqualTo("../../v2");
        assertThat(api.get("/hub/api/v2/openapi.yaml").status()).isEqualTo(404);
    }
}
