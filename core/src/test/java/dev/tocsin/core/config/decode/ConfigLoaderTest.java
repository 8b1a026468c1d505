package dev.tocsin.core.config.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.ConfigResult.Loaded;
import dev.tocsin.core.config.ConfigResult.Refused;
import dev.tocsin.core.config.PlainWebhookKind;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.config.RouteConfig;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final Path FILE = Path.of("/etc/alertmanager/alertmanager.yml");
    private static final String GOOD = "route: {receiver: a}\nreceivers: [{name: a}]\n";

    private final ConfigLoader loader = loader(MatcherMode.FALLBACK);

    private static ConfigLoader loader(MatcherMode mode) {
        return new ConfigLoader(
                List.of(new PlainWebhookKind()), new MatcherParser(mode, warning -> {}), ZoneOffset.UTC);
    }

    @TestFactory
    Stream<DynamicTest> saysWhatAmtoolSays() throws IOException {
        return table("check-config.txt");
    }

    @TestFactory
    Stream<DynamicTest> saysItInOwnWords() throws IOException {
        return table("own-words.txt");
    }

    private Stream<DynamicTest> table(String name) throws IOException {
        String[] cases = resource(name).split("(?m)^####\n");
        return Stream.of(cases).skip(1).map(text -> {
            String[] parts = text.split("(?m)^----\n", 2);
            return dynamicTest(
                    "case: " + parts[0].replace('\n', ' '),
                    () -> assertThat(said(parts[0])).isEqualTo(parts[1].replaceFirst("\n$", "")));
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesReceiversWithTheRecordedTexts(TestReporter reporter) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        int later = 0;
        for (String line : resource("receivers.jsonl").lines().toList()) {
            Map<String, String> golden = object(line);
            String config = golden.getOrDefault("config", "");
            String error = golden.getOrDefault("error", "");
            // What needs the template engine is tested where the real webhook is.
            boolean foreign = !config.contains("webhook_configs") || config.contains("{{");
            if (foreign) {
                later++;
                tests.add(dynamicTest(
                        golden.get("name") + " (kind not supported yet)",
                        () -> assertThat(said(config))
                                .satisfiesAnyOf(
                                        said -> assertThat(said).contains("_configs is not supported yet"),
                                        said -> assertThat(said).isEqualTo(error),
                                        said -> assertThat(config).contains("{{"))));
            } else {
                tests.add(dynamicTest(
                        golden.get("name"), () -> assertThat(said(config)).isEqualTo(error)));
            }
        }
        reporter.publishEntry("recorded cases whose kind or template comes later", later + " of " + tests.size());
        return tests.stream();
    }

    @Test
    void pointsAtUnknownKeysAndGuessesTheRightOnes() {
        Refused refused =
                refused("route:\n  receiver: a\n  group_bye: [x]\nreceivers:\n- name: a\n  webhok_configs: []\n");
        assertThat(refused.message())
                .isEqualTo("yaml: unmarshal errors:\n  line 3: field group_bye not found in type config.plain\n"
                        + "  line 6: field webhok_configs not found in type config.plain");
        assertThat(refused.places())
                .containsExactly(
                        FILE + ":3:3: did you mean \"group_by\"?", FILE + ":6:3: did you mean \"webhook_configs\"?");
        assertThat(refused.describe()).isEqualTo(refused.message() + "\n" + String.join("\n", refused.places()));
    }

    @Test
    void guessesTheReceiverThatARouteMeans() {
        Refused refused = refused(
                "route:\n  receiver: a\n  routes:\n  - receiver: teem-x\nreceivers:\n- name: a\n- name: team-x\n");
        assertThat(refused.message()).isEqualTo("undefined receiver \"teem-x\" used in route");
        assertThat(refused.places()).containsExactly(FILE + ":4:15: did you mean \"team-x\"?");
    }

    @Test
    void pointsAtTheKeyThatMakesNoSense() {
        assertThat(refused("route:\n  receiver: a\n  group_interval: 0s\nreceivers: [{name: a}]\n")
                        .places())
                .containsExactly(FILE + ":3:19: group_interval cannot be zero");
    }

    @Test
    void namesTheReceiverAndTheKindThatComesLater() {
        Refused refused = refused("route: {receiver: a}\nreceivers:\n- name: a\n  slack_configs:\n  - channel: b\n");
        assertThat(refused.message()).isEqualTo("receiver \"a\": slack_configs is not supported yet");
        assertThat(refused.places()).containsExactly(FILE + ":5:3: supported are webhook_configs");
    }

    @Test
    void refusesARouteThatIsNull() {
        assertThat(refused("route: {receiver: a, routes: [null]}\nreceivers: [{name: a}]\n")
                        .message())
                .isEqualTo("missing route in routes");
    }

    @Test
    void rulesLabelNamesByTheModeOfMatchers() {
        String text = "route: {receiver: a, group_by: ['b c']}\nreceivers: [{name: a}]\n";
        assertThat(loader(MatcherMode.FALLBACK).parse(text, FILE)).isInstanceOf(Loaded.class);
        assertThat(loader(MatcherMode.CLASSIC).parse(text, FILE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.message()).isEqualTo("invalid label name \"b c\" in group_by list"));
    }

    @Test
    void completesReceiversFromTheGlobalBlock() {
        Config config = loaded("""
                global: {http_config: {follow_redirects: false}}
                route: {receiver: a}
                receivers: [{name: a, webhook_configs: [{url: 'http://x'}, {url: 'http://y', http_config: {}}]}]
                """);
        List<ReceiverConfig.Integration> integrations =
                config.receivers().getFirst().integrations();
        assertThat(integrations)
                .extracting(ReceiverConfig.Integration::toString)
                .containsExactly("webhook[0]", "webhook[1]");
        assertThat(integrations)
                .extracting(integration -> ((PlainWebhookKind.PlainWebhook) integration.config()).http())
                .extracting(http -> http != null && http.followRedirects())
                .containsExactly(false, true);
    }

    @Test
    void tellsAbsentGroupByFromAnEmptyOne() {
        Config config = loaded(
                "route: {receiver: a, group_by: [x], routes: [{}, {group_by: []}, {group_by: null}]}\nreceivers: [{name: a}]\n");
        assertThat(config.route().routes()).extracting(RouteConfig::groupBy).containsExactly(null, List.of(), null);
    }

    @Test
    void keepsRouteLabels() {
        Config config = loaded(
                "route: {receiver: a, labels: {team: x}, routes: [{labels: {sev: '{{ .x }}'}}]}\nreceivers: [{name: a}]\n");
        assertThat(config.route().labels()).containsExactly(Map.entry("team", "x"));
        assertThat(config.route().routes().getFirst().labels()).containsExactly(Map.entry("sev", "{{ .x }}"));
    }

    @Test
    void hashesTheTextAsTheMetricIsDefined() {
        // printf 'route: {receiver: a}\nreceivers: [{name: a}]\n' | md5sum, first six bytes, little-endian
        assertThat(((Loaded) loader.parse(GOOD, FILE)).hash()).isEqualTo(0xa8170395c31cL);
    }

    @Test
    void resolvesTemplatePatternsAgainstTheFolderOfTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("alertmanager.yml");
        Files.writeString(folder.resolve("a.tmpl"), "");
        Files.writeString(file, GOOD + "templates: ['*.tmpl', 'none-*.tmpl', 'a.tmpl']\n");
        assertThat(loader.load(file)).isInstanceOfSatisfying(Loaded.class, loaded -> {
            assertThat(loaded.config().templates())
                    .first()
                    .isEqualTo(folder.resolve("*.tmpl").toString());
            assertThat(loaded.warnings()).isEmpty();
        });
    }

    @Test
    void saysWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.yml");
        assertThat(((Refused) loader.load(missing)).message())
                .isEqualTo("open " + missing + ": no such file or directory");
        assertThat(((Refused) loader.load(folder)).message()).isEqualTo("read " + folder + ": is a directory");
        Path latin = folder.resolve("latin.yml");
        Files.write(latin, "route:\n  receiver: \u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(((Refused) loader.load(latin)).describe())
                .isEqualTo("yaml: invalid UTF-8\n" + latin + ":2:13: not UTF-8 text");
    }

    @Test
    void neverShowsSecrets() {
        String text = """
                route: {receiver: a}
                receivers:
                - name: a
                  webhook_configs:
                  - url: 'http://user:geheim@ho st/geheim'
                    http_config: {http_headers: {X: {secrets: geheim}}, basic_auth: {password: [geheim]}}
                """;
        assertThat(refused(text).describe()).doesNotContain("geheim");
        assertThat(refused(text.replace("ho st", "[host")).describe()).doesNotContain("geheim");
        Config config = loaded("global: {smtp_auth_password: geheim, slack_api_url: 'http://x/geheim'}\n" + GOOD);
        assertThat(config.toString()).doesNotContain("geheim");
    }

    @TestFactory
    Stream<DynamicTest> acceptsRealisticFiles() {
        return Stream.of("small.yml", "teams.yml", "kube.yml", "legacy.yml", "anchors.yml")
                .map(name -> dynamicTest(
                        name,
                        () -> assertThat(said(resource("accepted/" + name))).isEmpty()));
    }

    private String said(String text) {
        return switch (loader.parse(text, FILE)) {
            case Loaded loaded -> "";
            case Refused refused -> refused.message();
        };
    }

    private Refused refused(String text) {
        ConfigResult result = loader.parse(text, FILE);
        assertThat(result).isInstanceOf(Refused.class);
        return (Refused) result;
    }

    private Config loaded(String text) {
        ConfigResult result = loader.parse(text, FILE);
        assertThat(result).as(result.toString()).isInstanceOf(Loaded.class);
        return ((Loaded) result).config();
    }

    private static Map<String, String> object(String json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, parser.getText());
            }
        }
        return fields;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConfigLoaderTest.class.getResourceAsStream("/config/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
