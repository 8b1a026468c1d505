package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.RecordingServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What single integrations make of templates, files, addresses and answers that are wrong. */
class OutcomeTest {
    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        harness.close();
    }

    static Stream<Map<String, Object>> outcomes() {
        return new JsonResource(OutcomeTest.class, "recorded/outcomes.jsonl").objects().stream();
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void fails(Map<String, Object> row) throws Exception {
        Files.writeString(folder.resolve("bad"), "://bad\n");
        if (row.get("status") instanceof Long status) {
            String type = "Content-Type: " + row.get("type");
            harness.server.then(RecordingServer.reply(status.intValue(), String.valueOf(row.get("body")), type));
        }
        String settings = String.valueOf(row.get("settings")).replace("FOLDER", folder.toString());

        Outcome outcome =
                harness.build(String.valueOf(row.get("kind")), settings).send(notification, IntegrationHarness.LATER);

        switch (outcome) {
            case Outcome.Delivered delivered -> assertThat(delivered.answer()).isEqualTo(row.get("delivered"));
            case Outcome.Permanent permanent -> assertThat(permanent.message()).isEqualTo(row.get("permanent"));
            case Outcome.Retryable retryable ->
                assertThat(retryable.message().replace(folder.toString(), "FOLDER"))
                        .isEqualTo(row.get("retryable"));
        }
        assertThat(harness.server.waiting()).isEqualTo(row.containsKey("status") ? 1 : 0);
    }
}
