package dev.tocsin.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.ConfigResult.Loaded;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The printed form of configurations beside what Alertmanager 0.33.1 printed for them from the folder /etc/alertmanager. */
class ConfigPrinterTest {
    private static final Path FILE = Path.of("/etc/alertmanager/alertmanager.yml");
    private static final List<IntegrationKind> KINDS = List.of(new PlainWebhookKind());

    private final ConfigLoader loader =
            new ConfigLoader(KINDS, new MatcherParser(MatcherMode.FALLBACK, warning -> {}), ZoneOffset.UTC);
    private final ConfigPrinter printer = new ConfigPrinter(KINDS);

    @ParameterizedTest
    @ValueSource(strings = {"everything", "minimal", "texts", "intervals", "routes", "webhooks", "nothing"})
    void printsWhatAlertmanagerPrints(String name) throws IOException {
        assertThat(printer.print(load(resource(name + ".yml")))).isEqualTo(resource(name + ".printed.yml"));
    }

    /** Alertmanager drops empty lists of a time interval when it prints, and prints a receiver without a name. */
    @ParameterizedTest
    @ValueSource(strings = {"everything", "minimal", "texts", "intervals", "routes", "webhooks"})
    void readsBackWhatItPrinted(String name) throws IOException {
        String printed = printer.print(load(resource(name + ".yml")));
        assertThat(printer.print(load(printed))).isEqualTo(printed);
    }

    private Config load(String text) {
        ConfigResult result = loader.parse(text, FILE);
        assertThat(result).isInstanceOf(Loaded.class);
        return ((Loaded) result).config();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConfigPrinterTest.class.getResourceAsStream("/config/printed/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
