package dev.tocsin.notifiers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.notifiers.Integrations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookKindTest {
    private final ConfigLoader loader =
            new ConfigLoader(Integrations.kinds(), new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC);

    static Stream<Arguments> recorded() {
        return new JsonResource(WebhookKindTest.class, "config-errors.jsonl")
                .objects().stream()
                        .map(row -> Arguments.of(row.get("name"), row.get("config"), row.getOrDefault("error", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void acceptsAndRefusesWhatAlertmanagerDoes(String name, String config, String error) {
        assertThat(message(config)).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: 'http://x/{{ toUpper .Foo }}'|invalid template syntax: template: :1: function \"toUpper\" not defined|/etc/am.yml:4:27: ",
                "url: 'http://x/{{ .Foo '|invalid template syntax: template: :1: unclosed action|/etc/am.yml:4:27: "
            })
    void refusesBrokenTemplatesAndSaysWhere(String webhook, String message, String place) {
        ConfigResult result = load(webhook);

        assertThat(result).isInstanceOfSatisfying(ConfigResult.Refused.class, refused -> {
            assertThat(refused.message()).isEqualTo(message);
            assertThat(refused.places()).singleElement().asString().startsWith(place);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "-1, uint64",
        "1.5, uint64",
        "a, uint64",
        "[1], uint64",
    })
    void refusesACountThatIsNone(String value, String type) {
        assertThat(message(config("url: http://x, max_alerts: " + value))).contains("into " + type);
    }

    @Test
    void readsEverySetting() {
        WebhookConfig webhook = webhook("url: 'http://u:p@x/y', send_resolved: false, max_alerts: 3, timeout: 1m30s, "
                + "payload: {a: [1, x, yes, null]}, http_config: {follow_redirects: false}");

        assertThat(webhook.url()).isEqualTo(new Secret("http://u:p@x/y"));
        assertThat(webhook.sendResolved()).isFalse();
        assertThat(webhook.maxAlerts()).isEqualTo(3);
        assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(webhook.payload()).hasToString("{a=[1, x, true, null]}");
        assertThat(webhook.http())
                .isNotNull()
                .satisfies(http -> assertThat(http.followRedirects()).isFalse());
        assertThat(webhook.toString()).doesNotContain("u:p");
    }

    @ParameterizedTest
    @CsvSource({"5, PT0.000000005S", "1.5s, PT1.5S", "'0', PT0S", "null, PT0S", "1.9, PT0.000000001S"})
    void aBareNumberCountsNanoseconds(String written, Duration timeout) {
        assertThat(webhook("url: http://x, timeout: " + written).timeout()).isEqualTo(timeout);
    }

    @Test
    void readsBackAPrintedConfiguration() {
        assertThat(webhook("url: <secret>").url()).isEqualTo(new Secret(Secret.MASK));
    }

    private WebhookConfig webhook(String settings) {
        ConfigResult result = load(settings);
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return (WebhookConfig) ((ConfigResult.Loaded) result)
                .config()
                .receivers()
                .getFirst()
                .integrations()
                .getFirst()
                .config();
    }

    private ConfigResult load(String settings) {
        return loader.parse(config(settings), Path.of("/etc/am.yml"));
    }

    private static String config(String settings) {
        return """
                route: {receiver: r}
                receivers:
                - name: r
                  webhook_configs: [{%s}]
                """.formatted(settings);
    }

    private String message(String config) {
        return switch (loader.parse(config, Path.of("/etc/am.yml"))) {
            case ConfigResult.Loaded loaded -> "";
            case ConfigResult.Refused refused -> refused.message();
        };
    }
}
