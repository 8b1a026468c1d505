package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Puts a canary into every secret and looks for it where people can see. */
class SecrecyTest {
    private static final String CANARY = "c4n4ry";

    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "recorded/secrets.csv", delimiter = '|')
    void noSecretIsShown(String kind, String settings) throws Exception {
        Files.writeString(folder.resolve("address"), "http://127.0.0.1:1/" + CANARY);
        Files.writeString(folder.resolve("key"), CANARY);
        String config = """
                route: {receiver: r}
                receivers:
                - name: r
                  %s_configs: [{%s}]
                """.formatted(kind, settings.replace("CANARY", CANARY));
        ReceiverConfig.Integration integration = harness.load(config, folder).getFirst();
        YamlMapping printed = new YamlMapping();
        for (NotifierKind known : harness.kinds()) {
            if (known.name().equals(kind)) {
                known.print(integration.config(), printed);
            }
        }

        String refused = String.valueOf(harness.build(integration).send(notification, IntegrationHarness.LATER));

        assertThat(integration.config().toString()).doesNotContain(CANARY);
        assertThat(new YamlWriter().write(printed)).doesNotContain(CANARY);
        assertThat(refused).contains("connection refused").doesNotContain(CANARY);
    }
}
