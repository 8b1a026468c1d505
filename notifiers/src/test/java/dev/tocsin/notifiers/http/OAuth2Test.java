package dev.tocsin.notifiers.http;

import static dev.tocsin.notifiers.http.OutboundHarness.told;
import static dev.tocsin.notifiers.http.RecordingServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.Userinfo;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuth2Test {
    private final RecordingServer server = new RecordingServer();
    private final RecordingServer tokens = new RecordingServer();
    private final OutboundHarness outbound = new OutboundHarness();

    @AfterEach
    void close() {
        outbound.close();
        server.close();
        tokens.close();
    }

    @Test
    void asksForATokenAndKeepsIt() throws Exception {
        tokens.then(
                200, "{\"access_token\":\"t1\",\"token_type\":\"bearer\",\"expires_in\":3600,\"more\":{\"a\":[1]}}");
        OutboundClient client =
                client("client_secret: 's&1', scopes: [a, b], endpoint_params: {audience: 'x y', aa: '1'}");

        assertThat(told(outbound.post(client, url()))).isEqualTo("200");
        assertThat(told(outbound.post(client, url()))).isEqualTo("200");

        assertThat(server.take().header("Authorization")).isEqualTo("Bearer t1");
        assertThat(server.take().header("Authorization")).isEqualTo("Bearer t1");
        RecordedRequest asked = tokens.take();
        assertThat(asked.line()).isEqualTo("POST /token HTTP/1.1");
        assertThat(asked.headers())
                .containsExactly(
                        "Host: " + tokens.address(),
                        "User-Agent: Alertmanager/0.34.0",
                        "Content-Length: " + asked.body().length(),
                        "Authorization: Basic aWQ6cyUyNjE=",
                        "Content-Type: application/x-www-form-urlencoded");
        assertThat(asked.body()).isEqualTo("aa=1&audience=x+y&grant_type=client_credentials&scope=a+b");
        assertThat(tokens.waiting()).isZero();
    }

    @Test
    void asksAgainWhenTheTokenIsOver() throws Exception {
        tokens.then(200, "{\"access_token\":\"t1\",\"expires_in\":\"10\"}");
        tokens.then(200, "{\"access_token\":\"t2\",\"token_type\":\"MAC\",\"expires_in\":3600}");
        OutboundClient client = client("client_secret: s");

        outbound.post(client, url());
        outbound.post(client, url());

        assertThat(server.take().header("Authorization")).isEqualTo("Bearer t1");
        assertThat(server.take().header("Authorization")).isEqualTo("MAC t2");
    }

    @Test
    void replacesARefusedTokenOnce() throws Exception {
        tokens.then(200, "{\"access_token\":\"t1\"}").then(200, "{\"access_token\":\"t2\"}");
        server.then(401, "").then(401, "");
        OutboundClient client = client("client_secret: s");

        assertThat(told(outbound.post(client, url()))).isEqualTo("401");

        assertThat(server.take().header("Authorization")).isEqualTo("Bearer t1");
        assertThat(server.take().header("Authorization")).isEqualTo("Bearer t2");
        assertThat(server.waiting()).isZero();
    }

    @Test
    void tellsTheSecretInTheBodyIfTheServerWantsThat() throws Exception {
        tokens.then(401, "").then(reply(200, "access_token=t1&expires_in=3600", "Content-Type: text/plain"));
        tokens.then(200, "{\"access_token\":\"t2\"}");
        OutboundClient client = client("client_secret: s");

        assertThat(told(outbound.post(client, url()))).isEqualTo("200");

        tokens.take();
        RecordedRequest second = tokens.take();
        assertThat(second.body()).isEqualTo("client_id=id&client_secret=s&grant_type=client_credentials");
        assertThat(second.header("Authorization")).isEmpty();
        assertThat(server.take().header("Authorization")).isEqualTo("Bearer t1");
    }

    @Test
    void anotherSecretNeedsAnotherToken(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "s1\n");
        tokens.then(200, "{\"access_token\":\"t1\"}").then(200, "{\"access_token\":\"t2\"}");
        OutboundClient client = client("client_secret_file: " + file);

        outbound.post(client, url());
        Files.writeString(file, "s2\n");
        outbound.post(client, url());

        assertThat(tokens.take().header("Authorization")).isEqualTo(Userinfo.basic("id", "s1"));
        assertThat(tokens.take().header("Authorization")).isEqualTo(Userinfo.basic("id", "s2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":\"invalid_client\",\"error_description\":\"bad hunter2\"}"
                        + "|oauth2: \"invalid_client\" \"bad <secret>\"",
                "500|oops|oauth2: cannot fetch token: 500",
                "200|{}|oauth2: server response missing access_token",
                "200|[1,|oauth2: server response missing access_token"
            })
    void saysWhyThereIsNoToken(int status, String body, String message) throws Exception {
        tokens.then(status, body).then(status, body);

        OutboundResult result = outbound.post(client("client_secret: hunter2"), url());

        assertThat(result).isEqualTo(new OutboundResult.Failure(message, false, false, false));
        assertThat(server.connections()).isZero();
    }

    @Test
    void aSecretThatCannotBeRead() throws Exception {
        assertThat(told(outbound.post(client("client_secret_file: /nowhere/s"), url())))
                .isEqualTo(
                        "unable to read oauth2 client secret: unable to read file /nowhere/s: open /nowhere/s: no such file or directory");
    }

    @Test
    void refusesAGrantThatItDoesNotKnow() {
        assertThatThrownBy(() -> client(
                        "grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', " + "client_certificate_key: k"))
                .isInstanceOf(NotifierBuildException.class)
                .hasMessage(
                        "http_config: oauth2 grant_type urn:ietf:params:oauth:grant-type:jwt-bearer is not supported yet");
    }

    private OutboundClient client(String settings) throws NotifierBuildException {
        return outbound.client(
                "oauth2: {client_id: id, token_url: 'http://" + tokens.address() + "/token', " + settings + "}");
    }

    private String url() {
        return "http://" + server.address() + "/";
    }
}
