package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Sink;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Why was I not notified?", asked of three processes for every reason that there is, and again of the two others when
 * the one that sent is dead. {@code dev.tocsin.it.sim.WhyNotTest} asks the same on virtual time.
 */
class WhyNotIT {
    private static final String HUB = "/api/hub/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NODES = 3;

    /** Alerts choose their route by the label {@code why}. */
    private static final String CONFIG = """
            route:
              receiver: nobody
              group_by: [alertname]
              group_wait: 1s
              group_interval: 3s
              repeat_interval: 4h
              routes:
              - {receiver: nobody, matchers: [why=empty]}
              - {receiver: pager, matchers: [why=gathered], group_wait: 10m}
              - {receiver: pager, matchers: [why=muted], mute_time_intervals: [always]}
              - {receiver: pager, matchers: [why=short], group_wait: 5s}
              - {receiver: broken, matchers: [why=failing]}
              - {receiver: pager, matchers: ['why=~"told|silenced|inhibited|limited|refused|unknown"']}
            time_intervals:
            - {name: always, time_intervals: [{years: ['2000:2100']}]}
            inhibit_rules:
            - {name: outage, source_matchers: [why=told], target_matchers: [why=inhibited]}
            receivers:
            - {name: nobody}
            - {name: pager, webhook_configs: [{url_file: url}]}
            - {name: broken, webhook_configs: [{url: BROKEN}]}
            """;

    private static final String REFUSED_CONFIG = """
            route: {receiver: pagger}
            receivers: [{name: pager}]
            """;

    private static final String TROUBLE =
            "; but the configuration file <anything>/alertmanager.yml was refused at <time>"
                    + " and the one before it is in force: undefined receiver \"pagger\" used in route";

    /**
     * A question and its answer.
     *
     * @param why the label by which its route is chosen
     * @param sentence how the first sentence goes on behind the alert's name; {@code <time>}, {@code <node>},
     *     {@code <id>} and {@code <anything>} stand for any such
     */
    private record Question(String why, String instance, String cause, String sentence) {
        String labels() {
            return "{\"alertname\":\"Why %s\",\"instance\":\"%s\",\"why\":\"%s\"}".formatted(why, instance, why);
        }

        String fingerprint() {
            LabelSet labels = LabelSet.of("alertname", "Why " + why, "instance", instance, "why", why);
            return LabelSet.fingerprintText(labels.fingerprint());
        }

        /** The whole sentence, if it ends with {@code end}. */
        Pattern pattern(String end) {
            String text = "Alert Why %s {alertname=\"Why %s\", instance=\"%s\", why=\"%s\"} "
                            .formatted(why, why, instance, why)
                    + sentence;
            String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
            return Pattern.compile(Pattern.quote(text + end)
                    .replace("<time>", "\\E" + time + "\\Q")
                    .replace("<node>", "\\En[0-2]\\Q")
                    .replace("<anything>", "\\E.*\\Q")
                    .replace("<id>", "\\E[0-9a-f-]{16,36}\\Q"));
        }
    }

    private static final Question TOLD = new Question(
            "told",
            "a",
            "notified",
            "has been firing since <time>: receiver pager was notified by <node> at <time>, and the first flush after <time>"
                    + " repeats it if nothing changes before");
    private static final Question FAILING = new Question(
            "failing",
            "a",
            "failing",
            "has been firing since <time>: receiver broken could not be notified by <node> at <time>: <anything>"
                    + "unexpected status code 503<anything>");
    private static final Question SHORT = new Question(
            "short",
            "a",
            "resolved_before_flush",
            "ended at <time>: receiver pager was not notified: the alert ended at <time> before its group was due");
    private static final Question LIMITED = new Question(
            "limited",
            "b",
            "limited",
            "was posted at <time> and not stored: the limit of 1 alert of one name is reached;"
                    + " if it fired now: receiver pager is notified <anything>");
    private static final Question REFUSED = new Question(
            "refused",
            "a",
            "refused",
            "was refused at <time>, posted by 127.0.0.1: start time must be before end time;"
                    + " if it fired now: receiver pager is notified when its group has gathered alerts for"
                    + " group_wait 1s");
    private static final Question UNKNOWN = new Question(
            "unknown",
            "a",
            "not_received",
            "is not known: nobody has posted it; if it fired now: receiver pager is notified when its group has"
                    + " gathered alerts for group_wait 1s");

    private static final List<Question> QUESTIONS = List.of(
            TOLD,
            new Question(
                    "stray",
                    "a",
                    "no_route",
                    "has been firing since <time>: no route below the root matches, so it goes to receiver nobody, which has no"
                            + " integration: nobody is notified"),
            new Question(
                    "empty",
                    "a",
                    "no_integration",
                    "has been firing since <time>: receiver nobody has no integration: nobody is notified"),
            new Question(
                    "gathered",
                    "a",
                    "waiting",
                    "has been firing since <time>: receiver pager is notified when its group is due at <time> (group_wait 10m)"),
            new Question(
                    "silenced",
                    "a",
                    "silenced",
                    "has been firing since <time>: receiver pager is not notified: silenced by <id> of test (\"a test\") until"
                            + " <time>"),
            new Question(
                    "inhibited",
                    "a",
                    "inhibited",
                    "has been firing since <time>: receiver pager is not notified: inhibited by alert <id>"
                            + " {alertname=\"Why told\", instance=\"a\", why=\"told\"} through inhibition rule"
                            + " \"outage\""),
            new Question(
                    "muted",
                    "a",
                    "muted",
                    "has been firing since <time>: receiver pager is not notified: inside the mute time interval always"),
            FAILING,
            SHORT,
            LIMITED,
            REFUSED,
            UNKNOWN);

    private static final List<Question> NOT_STORED = List.of(LIMITED, REFUSED, UNKNOWN);

    @TempDir
    private Path folder;

    @Test
    void everyNodeKnowsWhyAlsoWhenTheOneThatSentIsDead() throws IOException {
        try (Sink sink = new Sink()) {
            sink.answer(request -> request.path().equals("/broken") ? 503 : 200);
            try (HubCluster cluster = new HubCluster(
                    Flavor.TOCSIN,
                    new Place.Loopback(),
                    folder,
                    CONFIG.replace("BROKEN", sink.url("/broken")),
                    NODES,
                    node -> Map.of("url", sink.url("/n" + node)),
                    "--cluster.peer-timeout=5s",
                    "--alerts.per-alertname-limit=1")) {
                cluster.startAll();
                provoke(cluster);
                askAll(cluster, QUESTIONS, "");
                JsonNode told = whoWasTold(cluster, sink);

                refuseConfiguration(cluster);
                askAll(cluster, List.of(TOLD), TROUBLE);

                int sender = Integer.parseInt(told.get("node").asText().substring(1));
                cluster.kill(sender);
                askJournals(cluster, "n" + sender);
                askAll(cluster, QUESTIONS, TROUBLE);
                assertThat(whoWasTold(cluster, sink)).isEqualTo(told);
            }
        }
    }

    /** Posts to all nodes, as Prometheus does. */
    private static void provoke(HubCluster cluster) {
        cluster.api(0).silence("why", "silenced");
        for (int node : cluster.live()) {
            Api api = cluster.api(node);
            await().atMost(PATIENCE).until(() -> api.json("/api/v2/silences").size() == 1);
        }
        Instant start = Instant.now();
        StringBuilder firing = new StringBuilder("[").append(alert("{\"alertname\":\"Why limited\"}", start, null));
        for (Question question : QUESTIONS) {
            if (!NOT_STORED.contains(question)) {
                firing.append(',').append(alert(question.labels(), start, null));
            }
        }
        firing.append(']');
        for (int node : cluster.live()) {
            Api api = cluster.api(node);
            api.postAlerts(firing.toString());
            api.postAlerts("[" + alert(SHORT.labels(), start, Instant.now()) + "]");
            api.postAlerts("[" + alert(LIMITED.labels(), start, null) + "]");
            assertThat(api.post("/api/v2/alerts", "[" + alert(REFUSED.labels(), start, Instant.EPOCH) + "]")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private static String alert(String labels, Instant start, @Nullable Instant end) {
        String until = end == null ? "" : ",\"endsAt\":\"" + end + "\"";
        return "{\"labels\":" + labels + ",\"startsAt\":\"" + start + "\"" + until + "}";
    }

    private void refuseConfiguration(HubCluster cluster) throws IOException {
        for (int node : cluster.live()) {
            Files.writeString(folder.resolve("n" + node).resolve("alertmanager.yml"), REFUSED_CONFIG);
            assertThat(cluster.api(node).post("/-/reload", "").statusCode()).isEqualTo(500);
        }
    }

    /** Every question to every live node, until it gives the answer. */
    private static void askAll(HubCluster cluster, List<Question> questions, String trouble) {
        for (Question question : questions) {
            Pattern expected = question.pattern(trouble + ".");
            for (int node : cluster.live()) {
                await(question.why() + " at n" + node)
                        .pollDelay(Duration.ZERO)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> {
                            JsonNode answer = ask(cluster.api(node), question);
                            assertThat(answer.get("cause").asText())
                                    .as(answer.toString())
                                    .isEqualTo(question.cause());
                            assertThat(answer.get("sentence").asText()).matches(expected);
                        });
            }
        }
    }

    /** Asks about an alert that is stored by its fingerprint, and about others by their labels. */
    private static JsonNode ask(Api api, Question question) {
        if (!NOT_STORED.contains(question)) {
            return api.json(HUB + "/alerts/" + question.fingerprint() + "/explain");
        }
        HttpResponse<String> answer = api.post(HUB + "/explain", "{\"labels\":" + question.labels() + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.parse(answer.body());
    }

    /** The node that told the pager of the alert and when, in which all nodes and the pager agree. */
    private static JsonNode whoWasTold(HubCluster cluster, Sink sink) {
        List<Sink.Received> received = sink.received().stream()
                .filter(request -> request.groupKey().contains("\"Why told\""))
                .toList();
        assertThat(received).as("the pager hears of it once").hasSize(1);
        Set<JsonNode> answers = new HashSet<>();
        for (int node : cluster.live()) {
            JsonNode group = ask(cluster.api(node), TOLD).get("groups").get(0);
            assertThat(group.at("/route/receiver").asText()).isEqualTo("pager");
            assertThat(group.at("/integrations/0/sends").asBoolean()).isFalse();
            answers.add(group.at("/integrations/0/last"));
        }
        assertThat(answers).hasSize(1);
        JsonNode told = answers.iterator().next();
        assertThat(told.get("node").asText())
                .isEqualTo("n" + received.getFirst().sender());
        assertThat(Duration.between(
                                received.getFirst().at(),
                                Instant.parse(told.get("at").asText()))
                        .abs())
                .isLessThan(Duration.ofSeconds(5));
        return told;
    }

    /** The journals of the others tell what the dead node sent and that they did not send it again. */
    private static void askJournals(HubCluster cluster, String dead) {
        String groupKey = "{}/{why=~\"told|silenced|inhibited|limited|refused|unknown\"}:{alertname=\"Why told\"}";
        String query = HUB + "/notifications?groupKey=" + URLEncoder.encode(groupKey, StandardCharsets.UTF_8);
        for (int node : cluster.live()) {
            Api api = cluster.api(node);
            await("journals at n" + node).atMost(PATIENCE).untilAsserted(() -> {
                JsonNode learned = api.json(query + "&kind=learned");
                assertThat(learned.at("/silentNodes")).as(learned.toString()).hasSize(1);
                assertThat(learned.at("/silentNodes/0/node").asText()).isEqualTo(dead);
                assertThat(learned.get("entries")).as(learned.toString()).hasSize(NODES - 1);
                for (JsonNode entry : learned.get("entries")) {
                    assertThat(entry.get("receiver").asText()).isEqualTo("pager");
                    assertThat(entry.get("reason").asText()).contains(" by node " + dead + " at ");
                }
                JsonNode quiet = api.json(query + "&kind=deduplicated");
                assertThat(quiet.at("/entries/0/reason").asText()).contains("; node " + dead + " sent number ");
                assertThat(ask(api, TOLD).at("/silentNodes/0").asText()).isEqualTo(dead);
            });
        }
    }
}
