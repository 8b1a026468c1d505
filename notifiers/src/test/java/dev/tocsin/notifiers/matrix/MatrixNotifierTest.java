package dev.tocsin.notifiers.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import dev.tocsin.notifiers.http.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixNotifierTest {
    private static final String ROOM = "homeserver_url: 'http://SINK', access_token: tok, room_id: '!r/1:example.org'";

    private final IntegrationHarness harness = new IntegrationHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private Outcome send(String settings) throws Exception {
        return harness.build("matrix", settings)
                .send(new CapturedAlerts().notification("firing"), IntegrationHarness.LATER);
    }

    @Test
    void putsAMessageWhoseRepeatsTheHomeserverDrops() throws Exception {
        String settings =
                ROOM.replace("/1", "") + ", message: '{{ .Status }}', html: '<b>{{ .CommonAnnotations.summary }}</b>'";

        assertThat(send(settings)).isInstanceOf(Outcome.Delivered.class);

        RecordedRequest sent = harness.server.take();
        assertThat(sent.line())
                .isEqualTo("PUT /_matrix/client/v3/rooms/%21r%3Aexample.org/send/m.room.message/key-7 HTTP/1.1");
        assertThat(sent.header("Authorization")).isEqualTo("Bearer tok");
        assertThat(sent.body())
                .isEqualTo(
                        "{\"msgtype\":\"m.text\",\"body\":\"firing\",\"format\":\"org.matrix.custom.html\","
                                + "\"formatted_body\":\"\\u003cb\\u003eLatency \\u0026gt; 500ms \\u0026amp; rising"
                                + " \\u0026lt;b\\u0026gt;\\u0026#34;fast\\u0026#34;\\u0026lt;/b\\u0026gt;\\u003c/b\\u003e\"}\n");
    }

    @Test
    void aRoomIsOnePartOfTheAddress() throws Exception {
        send(ROOM + ", notice: true");

        RecordedRequest sent = harness.server.take();
        assertThat(sent.line()).startsWith("PUT /_matrix/client/v3/rooms/%21r%2F1%3Aexample.org/send/");
        assertThat(sent.body())
                .startsWith("{\"msgtype\":\"m.notice\",\"body\":\"[FIRING:2] HighLatency api (critical)\\n");
    }

    @ParameterizedTest
    @CsvSource({"429, true", "502, true", "403, false", "404, false"})
    void triesAgainWhatMayWork(int status, boolean retried) throws Exception {
        harness.server.then(status, "{\"errcode\":\"M_X\"}");

        assertThat(send(ROOM)).isInstanceOf(retried ? Outcome.Retryable.class : Outcome.Permanent.class);
    }
}
