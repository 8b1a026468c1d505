package dev.tocsin.notifiers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receivers quote what they were sent; secrets in it go no further. */
class SentSecretsTest {
    private static final String TOKEN = "/services/T0001/B0002/s3cr3ts3cr3ts3cr3t";

    private final RecordingServer server = new RecordingServer();
    private final OutboundHarness outbound = new OutboundHarness();

    @AfterEach
    void close() {
        outbound.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "authorization: {credentials: t0k3nt0k3n} | no such token: t0k3nt0k3n | no such token: <secret>",
                "authorization: {credentials: t0k3nt0k3n} | got Bearer t0k3nt0k3n     | got <secret>",
                "basic_auth: {username: u, password: p}   | got Basic dTpw            | got <secret>",
                "http_headers: {X-Key: {secrets: [k3yk3y]}} | k3yk3y and k3yk3y       | <secret> and <secret>",
                "http_headers: {X-Key: {values: [open-value]}} | open-value           | open-value",
                "''                                       | POST " + TOKEN + "        | POST <secret>",
                "''                                       | key s3cr3ts3cr3ts3cr3t    | key <secret>",
                "''                                       | services                  | services",
            })
    void areNotReadInAnswers(String settings, String quoted, String read) throws Exception {
        server.then(400, quoted);

        OutboundResult result = outbound.post(settings, "http://" + server.address() + TOKEN);

        assertThat(result)
                .isInstanceOfSatisfying(
                        OutboundResult.Answer.class,
                        answer -> assertThat(answer.body()).isEqualTo(read));
    }

    @Test
    void ofTheBodyAreNotReadEither() throws Exception {
        server.then(200, "unknown key k3yk3yk3y");
        OutboundRequest request = new OutboundRequest(
                        "POST",
                        Url.parse("http://" + server.address() + TOKEN),
                        List.of(),
                        "{\"key\":\"k3yk3yk3y\"}".getBytes(StandardCharsets.UTF_8))
                .hiding("k3yk3yk3y");

        assertThat(outbound.send(request))
                .isInstanceOfSatisfying(
                        OutboundResult.Answer.class,
                        answer -> assertThat(answer.body()).isEqualTo("unknown key <secret>"));
    }

    @Test
    void anAddressThatIsNoSecretIsRead() throws Exception {
        server.then(200, "PUT " + TOKEN);
        OutboundRequest request =
                new OutboundRequest("PUT", Url.parse("http://" + server.address() + TOKEN), List.of(), new byte[0]);

        assertThat(outbound.send(request.openly()))
                .isInstanceOfSatisfying(
                        OutboundResult.Answer.class,
                        answer -> assertThat(answer.body()).isEqualTo("PUT " + TOKEN));
    }

    @Test
    void aSuccessIsToldWithTheBeginningOfItsAnswer() {
        assertThat(StatusRule.judge(answer(202, " {\"status\":\"success\"}\n")))
                .isEqualTo(new Outcome.Delivered("202: {\"status\":\"success\"}", Map.of()));
        assertThat(StatusRule.judge(answer(204, "\n")).text()).isEqualTo("204");
        assertThat(StatusRule.judge(answer(200, "x".repeat(1000))).text()).isEqualTo("200: " + "x".repeat(256));
    }

    private static OutboundResult.Answer answer(int status, String body) {
        return new OutboundResult.Answer(status, List.of(), body, false);
    }
}
