package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Alertmanager 0.33.1 accepts, refuses and prints of each receiver. */
class RecordedConfigTest {
    private final ConfigLoader loader =
            new ConfigLoader(Integrations.kinds(), new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC);
    private final ConfigPrinter printer = new ConfigPrinter(Integrations.kinds());

    static Stream<Arguments> recorded() {
        return new JsonResource(RecordedConfigTest.class, "recorded/config-errors.jsonl")
                .objects().stream()
                        .map(row -> Arguments.of(row.get("name"), row.get("config"), row.getOrDefault("error", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void acceptsAndRefusesWhatAlertmanagerDoes(String name, String config, String error) {
        assertThat(message(config)).isEqualTo(error);
    }

    /** Alertmanager crashes on these. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rocketchat_configs: [null] | missing rocketchat config
            rocketchat_configs: [{token: a, token_id: b, api_url: null}] |
            opsgenie_configs: [null] | no global OpsGenie API Key set either inline or in a file
            slack_configs: [{app_token: x, update_message: true}] | update_message can only be used with bot tokens. api_url must be set to https://slack.com/api/chat.postMessage
            slack_configs: [{api_url_file: x, update_message: true}] | update_message can only be used with bot tokens. api_url must be set to https://slack.com/api/chat.postMessage
            slack_configs: [{api_url: 'http://x', actions: [null], fields: [null]}] |
            mattermost_configs: [{webhook_url: 'http://x', attachments: [null], fields: [null]}] |
            """)
    void refusesWhatAlertmanagerCrashesOn(String receiver, @Nullable String error) {
        String config = """
                route: {receiver: r}
                receivers:
                - name: r
                  %s
                """.formatted(receiver);

        assertThat(message(config)).isEqualTo(error == null ? "" : error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "full", "minimal2", "full2"})
    void printsWhatAlertmanagerPrints(String name) throws IOException {
        assertThat(printer.print(load(resource(name + ".yml")))).isEqualTo(resource(name + ".printed.yml"));
    }

    private Config load(String text) {
        ConfigResult result = loader.parse(text, Path.of("/etc/am.yml"));
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return ((ConfigResult.Loaded) result).config();
    }

    private String message(String config) {
        return switch (loader.parse(config, Path.of("/etc/am.yml"))) {
            case ConfigResult.Loaded loaded -> "";
            case ConfigResult.Refused refused -> refused.message();
        };
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RecordedConfigTest.class.getResourceAsStream("recorded/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
