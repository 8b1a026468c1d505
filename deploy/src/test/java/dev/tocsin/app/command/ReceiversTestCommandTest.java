package dev.tocsin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReceiversTestCommandTest {
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean accepts = exchange.getRequestURI().getPath().equals("/ok");
            byte[] answer = (accepts ? "" : "no such hook").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(accepts ? 200 : 404, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        Files.writeString(folder.resolve("am.yml"), """
                route: {receiver: quiet}
                receivers:
                - name: quiet
                - name: good
                  webhook_configs: [{url: '%1$s/ok'}]
                - name: bad
                  webhook_configs: [{url: '%1$s/ok'}, {url: '%1$s/gone'}, {url: 'http://127.0.0.1:1/'}]
                """.formatted(at));
    }

    @AfterEach
    void stop() {
        System.setOut(out);
        System.setErr(err);
        server.stop(0);
    }

    private int run(String... options) {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.add("--config.file=" + folder.resolve("am.yml"));
        return new CommandLine(new ReceiversTestCommand()).execute(all.toArray(String[]::new));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void sendsAMarkedAlertAndPrintsTheAnswer() {
        assertThat(run("--receiver=good", "--alert=alertname=Disk,severity=critical"))
                .isZero();

        assertThat(printed()).isEqualTo("good/webhook[0]: accepted: 200\n");
        assertThat(bodies)
                .singleElement()
                .asString()
                .contains(
                        "\"labels\":{\"alertname\":\"Disk\",\"severity\":\"critical\",\"tocsin_test\":\"true\"}",
                        "Test of receiver good: nothing has happened",
                        "\"status\":\"firing\"");
    }

    @Test
    void tellsThatItIsOver() {
        assertThat(run("--receiver=good", "--resolved")).isZero();

        assertThat(bodies)
                .singleElement()
                .asString()
                .contains("\"alertname\":\"TocsinTest\"", "\"status\":\"resolved\"");
    }

    @Test
    void printsWhatEachIntegrationSaysAndFailsIfOneDoes() {
        assertThat(run("--receiver=bad")).isOne();

        assertThat(printed()).isEqualTo("""
                bad/webhook[0]: accepted: 200
                bad/webhook[1]: failed: unexpected status code 404: no such hook
                bad/webhook[2]: failed, a node would try again: Post "<redacted>": dial tcp 127.0.0.1:1: connect: connection refused
                """);
    }

    @Test
    void saysWhatItCannotUse() {
        assertThat(run("--receiver=nobody")).isOne();
        assertThat(run("--receiver=good", "--alert=disk")).isOne();
        assertThat(run("--receiver=quiet")).isZero();

        assertThat(printed())
                .contains("tocsin: error: no receiver nobody in ")
                .contains("tocsin: error: 'disk' is no label: write --alert=alertname=Disk,severity=critical")
                .contains("quiet: has no integrations, so it notifies nobody");
        assertThat(bodies).isEmpty();
    }
}
