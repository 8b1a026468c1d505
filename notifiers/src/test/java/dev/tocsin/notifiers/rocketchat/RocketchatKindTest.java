package dev.tocsin.notifiers.rocketchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import dev.tocsin.notifiers.http.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocketchatKindTest {
    private final IntegrationHarness harness = new IntegrationHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void readsTokensWhenItIsBuilt(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "from-file\n");
        var rocketchat = harness.build(
                "rocketchat", "token_file: '" + token + "', token_id: i, api_url: 'http://SINK', channel: c");
        Files.delete(token);

        rocketchat.send(new CapturedAlerts().notification("firing"), IntegrationHarness.LATER);

        RecordedRequest request = harness.server.take();
        assertThat(request.line()).isEqualTo("POST /api/v1/chat.postMessage HTTP/1.1");
        assertThat(request.header("X-Auth-Token")).isEqualTo("from-file");
        assertThat(request.header("X-User-Id")).isEqualTo("i");
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> harness.build("rocketchat", "token_file: /nowhere/t, token_id: i"))
                .isInstanceOf(NotifierBuildException.class)
                .hasMessage("could not read /nowhere/t: open /nowhere/t: no such file or directory");
    }
}
