package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifiers.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** How much receivers get of texts that are too long for them (notifiers contract section 0.1). */
class LimitsTest {
    private static final int WRITTEN = 30_000;

    private final IntegrationHarness harness = new IntegrationHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "recorded/limits.csv", delimiter = '|', quoteCharacter = '`')
    void cutsWhatTheReceiverWouldRefuse(String kind, String settings, String before, int left) throws Exception {
        String template = "'{{ printf \"%0" + WRITTEN + "d\" 0 }}'";

        harness.build(kind, settings.replace("TOO_LONG", template))
                .send(new CapturedAlerts().notification("firing"), IntegrationHarness.LATER);

        RecordedRequest request = harness.server.take();
        String query = URLDecoder.decode(request.line(), StandardCharsets.UTF_8);
        assertThat(query + request.body()).contains(before + "0".repeat(left - 1) + "\u2026");
    }
}
