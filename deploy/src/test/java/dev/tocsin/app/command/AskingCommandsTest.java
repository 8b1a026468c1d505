package dev.tocsin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The subcommands that ask a node: {@code config diff} and {@code explain}. */
class AskingCommandsTest {
    private static final String OLD = """
            route:
              receiver: default
              group_by: [alertname]
              routes: [{matchers: [team=x], receiver: x}]
            receivers:
            - {name: default}
            - name: x
              webhook_configs: [{url: 'http://127.0.0.1:1/secret-path'}]
            """;
    private static final String ALERTS = """
            [{"labels": {"alertname": "Down", "team": "x"}, "startsAt": "2026-01-02T03:04:05.000Z",
              "endsAt": "2100-01-01T00:00:00.000Z", "status": {"state": "active"}},
             {"labels": {"alertname": "Over", "team": "x"}, "startsAt": "2020-01-02T03:04:05.000+01:00",
              "endsAt": "2020-01-02T04:04:05.000+01:00"}]
            """;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestURI() + body);
            String answer = answers.get(exchange.getRequestURI().getPath());
            byte[] bytes = (answer == null ? "nothing here" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        write("old.yml", OLD);
        write("alerts.json", ALERTS);
    }

    @AfterEach
    void stop() {
        System.setOut(out);
        System.setErr(err);
        server.stop(0);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int diff(String... args) {
        return new CommandLine(new ConfigDiffCommand()).execute(args);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void twoFilesThatMeanTheSameDoNotDiffer() throws IOException {
        String same = write(
                "new.yml",
                "# comment\n" + OLD.replace("receiver: default\n", "receiver: default\n  repeat_interval: 4h\n"));
        assertThat(diff(same, "--old", file("old.yml"), "--alerts", file("alerts.json")))
                .isZero();
        assertThat(printed()).isEqualToIgnoringNewLines("""
                The configurations mean the same.
                Nothing would change for the one alert that fires now.
                """);
    }

    @Test
    void aRouteThatIsLostIsShownWithItsAlerts() throws IOException {
        String changed = write("new.yml", OLD.replace("team=x", "team=y"));
        assertThat(diff(changed, "--old", file("old.yml"), "--alerts", file("alerts.json")))
                .isEqualTo(1);
        assertThat(printed())
                .contains(
                        "- route {}/{team=\"x\"}: to x",
                        "+ route {}/{team=\"y\"}: to x",
                        "receiver x would lose all of its 1.",
                        "alert {alertname=\"Down\", team=\"x\"}: x is not told any more: no route leads there",
                        "of x would stop notifying");
    }

    @Test
    void aRunningNodeIsComparedWithoutItsSecrets() throws IOException {
        answers.put(
                "/api/v2/status",
                "{\"config\": {\"original\": \""
                        + OLD.replace("http://127.0.0.1:1/secret-path", "<secret>")
                                .replace("\n", "\\n") + "\"}}");
        answers.put("/api/v2/alerts", ALERTS);
        answers.put("/api/v2/silences", """
                [{"id": "s", "matchers": [{"name": "team", "value": "x", "isRegex": false, "isEqual": true}],
                  "startsAt": "2020-01-01T00:00:00.000Z", "endsAt": "2100-01-01T00:00:00.000Z"}]
                """);
        assertThat(diff(file("old.yml"), "--url", url())).isZero();
        String moved = write("new.yml", OLD.replace("team=x], receiver: x", "team=x], receiver: default"));
        assertThat(diff(moved, "--url", url())).isEqualTo(1);
        assertThat(printed())
                .contains("receiver x becomes default", "Nothing would change for the one alert that fires now.")
                .doesNotContain("secret-path");
    }

    @Test
    void aTimeThatIsPastIsTriedByTheNode() {
        answers.put("/api/hub/v1/what-if", """
                {"sentence": "Of the 3 alerts that began, 1 would reach other receivers.", "at": "2026-01-03T00:00:00Z",
                 "hasEffect": true, "alerts": 3, "alertsChanged": 1, "groupsStopped": 1,
                 "changedAlerts": [{"fingerprint": "ab", "labels": {"alertname": "Down"}, "lost": ["x"],
                   "gained": [], "toldAgain": [], "reason": "x is not told any more"}],
                 "changedGroups": [{"groupKey": "k", "receiver": "x", "notifiesNow": true, "wouldNotify": false,
                   "alerts": 1, "reason": "no alert would be in it"}],
                 "receivers": [{"receiver": "x", "alertsNow": 1, "alertsThen": 0}],
                 "differences": [{"what": "route", "name": "{}", "change": "removed", "detail": ""}]}
                """);
        assertThat(diff(
                        file("old.yml"),
                        "--url",
                        url(),
                        "--from",
                        "2026-01-02T00:00:00Z",
                        "--to",
                        "2026-01-03T01:00:00+01:00"))
                .isEqualTo(1);
        assertThat(requests.getFirst())
                .startsWith("/api/hub/v1/what-if{\"config\":\"route:\\u000a  receiver: default\\u000a")
                .endsWith("\"from\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-03T01:00:00+01:00\",\"limit\":20}");
        assertThat(printed()).isEqualToIgnoringNewLines("""
                - route {}
                Of the 3 alerts that began, 1 would reach other receivers.
                  alert {alertname="Down"}: x is not told any more
                  group k of x would stop notifying: no alert would be in it
                """);
    }

    @Test
    void aTimeThatIsNoneIsNotTried() {
        assertThat(diff(file("old.yml"), "--url", url(), "--from", "yesterday")).isEqualTo(2);
        assertThat(diff(file("old.yml"), "--url", url(), "--to", "2026-01-02T00:00:00Z"))
                .isEqualTo(2);
        assertThat(diff(file("old.yml"), "--from", "2026-01-02T00:00:00Z", "--to", "2026-01-02T00:00:00Z"))
                .isEqualTo(2);
        assertThat(diff(file("old.yml"), "--old", file("old.yml"), "--from", "2026-01-02T00:00:00Z"))
                .isEqualTo(2);
        answers.put("/api/hub/v1/what-if", "{}");
        assertThat(diff(file("old.yml"), "--url", url(), "--from", "2026-01-02T00:00:00Z"))
                .isEqualTo(2);
        assertThat(printed())
                .contains(
                        "--from: \"yesterday\" is no time such as 2026-01-02T03:10:00Z",
                        "--to needs --from",
                        "--from must be before --to",
                        "not with --old or --alerts",
                        "the answer cannot be understood");
    }

    @Test
    void whatCannotBeToldIsAnError() throws IOException {
        String broken = write("new.yml", "route: {receiver: nobody}");
        assertThat(diff(broken, "--old", file("old.yml"))).isEqualTo(2);
        assertThat(diff(file("old.yml"), "--url", url())).isEqualTo(2);
        assertThat(diff(file("old.yml"), "--url", "http://me:hidden@127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(diff(file("old.yml"), "--url", "localhost")).isEqualTo(2);
        assertThat(printed())
                .contains(
                        "undefined receiver \"nobody\"", " answers 404: nothing here", "cannot ask http://127.0.0.1:1/")
                .doesNotContain("hidden");
    }

    @Test
    void anExplanationBeginsWithItsSentence() {
        answers.put("/api/hub/v1/explain", """
                {"sentence": "Alert Down is not known.", "cause": "not_received", "notes": ["cold"],
                 "routes": {"receiver": "default", "conclusion": "passed_on", "verdicts": [], "routes": [
                   {"receiver": "x", "conclusion": "rejected", "routes": [], "verdicts": [
                     {"matcher": {"name": "team", "operator": "=", "value": "x"}, "value": "y", "matches": false}]},
                   {"receiver": "y", "conclusion": "selected", "routes": [], "verdicts": []}]},
                 "groups": [{"route": {"receiver": "y", "groupWait": "30s"}, "inheritedFrom": {"groupWait": "{}"},
                   "groupKey": "k", "order": ["n2", "n1"], "stages": [{"stage": "silences", "text": "nothing mutes it"}],
                   "integrations": [{"integration": "webhook[0]", "text": "is notified"}], "text": "t"}],
                 "history": [{"at": "T", "node": "n1", "reason": "was grouped"}]}
                """);
        assertThat(new CommandLine(new ExplainCommand()).execute("--url", url(), "alertname=Down", "team=\"y\""))
                .isZero();
        assertThat(requests).containsExactly("/api/hub/v1/explain{\"labels\":{\"alertname\":\"Down\",\"team\":\"y\"}}");
        assertThat(printed())
                .startsWith("Alert Down is not known.")
                .contains(
                        "Note: cold",
                        "+ root -> default",
                        "- team=\"x\" (it is \"y\") -> x: does not match",
                        "-> y: the alert ends here",
                        "group_wait 30s from {}",
                        "node: n2, then n1",
                        "webhook[0] is notified",
                        "T n1: was grouped");
    }

    @Test
    void anAlertCanBeNamedByItsFingerprint() {
        answers.put("/api/hub/v1/alerts/00000000000000ab/explain", "{\"sentence\": \"So it is.\"}");
        assertThat(new CommandLine(new ExplainCommand())
                        .execute("--url", url(), "--at", "2026-01-02T03:10:00Z", "00000000000000ab"))
                .isZero();
        assertThat(requests).containsExactly("/api/hub/v1/alerts/00000000000000ab/explain?at=2026-01-02T03%3A10%3A00Z");
        assertThat(printed()).isEqualToIgnoringNewLines("So it is.\n");
        assertThat(new CommandLine(new ExplainCommand()).execute("--url", url(), "a=b", "c"))
                .isEqualTo(2);
        assertThat(printed()).contains("\"c\" is no label such as alertname=Down");
    }
}
