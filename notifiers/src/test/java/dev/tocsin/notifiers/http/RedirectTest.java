package dev.tocsin.notifiers.http;

import static dev.tocsin.notifiers.http.OutboundHarness.told;
import static dev.tocsin.notifiers.http.RecordingServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Url;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    private final RecordingServer server = new RecordingServer();
    private final RecordingServer other = new RecordingServer();
    private final OutboundHarness outbound = new OutboundHarness();

    @AfterEach
    void close() {
        outbound.close();
        server.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void goesOnWithAGetWithoutBody(int status) throws Exception {
        server.then(reply(status, "", "Location: next?a=b#c"));

        assertThat(told(outbound.post("", url("/x/first?q=1")))).isEqualTo("200");

        server.take();
        RecordedRequest second = server.take();
        assertThat(second.line()).isEqualTo("GET /x/next?a=b HTTP/1.1");
        assertThat(second.headers())
                .containsExactly(
                        "Host: " + server.address(),
                        "User-Agent: Alertmanager/0.34.0",
                        "Referer: " + url("/x/first?q=1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void sendsTheSameAgain(int status) throws Exception {
        server.then(reply(status, "", "Location: http://" + other.address() + "/there"));

        assertThat(told(outbound.post("", url("/first")))).isEqualTo("200");

        RecordedRequest second = other.take();
        assertThat(second.line()).isEqualTo("POST /there HTTP/1.1");
        assertThat(second.body()).isEqualTo("{}\n");
        assertThat(second.headers())
                .containsExactly(
                        "Host: " + other.address(),
                        "User-Agent: Alertmanager/0.34.0",
                        "Content-Length: 3",
                        "Content-Type: application/json",
                        "Referer: " + url("/first"));
    }

    @Test
    void doesNotFollowWhenToldNotTo() throws Exception {
        server.then(reply(302, "", "Location: /next"));

        assertThat(told(outbound.post("follow_redirects: false", url("/")))).isEqualTo("302");
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"302, 302", "307, 307", "304, 304"})
    void anAnswerThatLeadsNowhereIsTheAnswer(int status, String told) throws Exception {
        server.then(RecordingServer.raw("HTTP/1.1 " + status + " Odd\r\nContent-Length: 0\r\n\r\n"));

        assertThat(told(outbound.post("", url("/")))).isEqualTo(told);
    }

    @Test
    void stopsAfterTenRequests() throws Exception {
        for (int i = 0; i < 20; i++) {
            server.then(reply(307, "", "Location: /again"));
        }

        OutboundResult result = outbound.post("", url("/"));

        assertThat(result).isEqualTo(new OutboundResult.Failure("stopped after 10 redirects", false, false, false));
        assertThat(server.waiting()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://x/|unsupported protocol scheme \"ftp\"",
                "http://[::1|failed to parse Location header: parse \"<redacted>\": missing ']' in host"
            })
    void saysWhyItCannotFollow(String location, String message) throws Exception {
        server.then(reply(302, "", "Location: " + location));

        assertThat(told(outbound.post("", url("/")))).isEqualTo(message);
    }

    @Test
    void secretsStayWithTheServerTheyAreMeantFor(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("header"), "from-file\n");
        String settings = "basic_auth: {username: u, password: p}, http_headers: {X-Plain: {values: [a]}, "
                + "X-Secret: {secrets: [b], files: ['" + file + "']}}";
        server.then(reply(307, "", "Location: /same"));
        server.then(reply(307, "", "Location: http://elsewhere.example:" + other.port() + "/"));

        assertThat(told(outbound.post(settings, "http://here.example:" + server.port() + "/")))
                .isEqualTo("200");

        server.take();
        assertThat(server.take().headers())
                .contains("Authorization: Basic dTpw", "X-Plain: a", "X-Secret: b", "X-Secret: from-file");
        assertThat(other.take().headers())
                .contains("X-Plain: a")
                .noneMatch(header -> header.startsWith("Authorization") || header.startsWith("X-Secret"));
    }

    /** Cases of RFC 3986 section 5.4. */
    @ParameterizedTest
    @CsvSource({
        "g, http://a/b/c/g",
        "./g, http://a/b/c/g",
        "g/, http://a/b/c/g/",
        "/g, http://a/g",
        "//g, http://g",
        "?y, http://a/b/c/d;p?y",
        "g?y, http://a/b/c/g?y",
        "., http://a/b/c/",
        "./, http://a/b/c/",
        ".., http://a/b/",
        "../g, http://a/b/g",
        "../.., http://a/",
        "../../g, http://a/g",
        "../../../g, http://a/g",
        "/./g, http://a/g",
        "g., http://a/b/c/g.",
        "..g, http://a/b/c/..g",
        "./../g, http://a/b/g",
        "g/./h, http://a/b/c/g/h",
        "https://z/y, https://z/y"
    })
    void resolvesAddresses(String reference, String resolved) throws Exception {
        assertThat(Redirects.resolve(Url.parse("http://a/b/c/d;p?q"), reference).toString())
                .isEqualTo(resolved);
    }

    private String url(String path) {
        return "http://" + server.address() + path;
    }
}
