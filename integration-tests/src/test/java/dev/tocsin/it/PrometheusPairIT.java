package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.FreePorts;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.ServerProcess;
import dev.tocsin.it.support.Sink;
import dev.tocsin.it.support.Sink.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real Prometheus servers with the same rules post to one node; one of them is restarted on the way. */
class PrometheusPairIT {
    @TempDir
    private Path folder;

    @Test
    void aPairCausesOneNotificationWhenItFiresAndOneWhenItResolves() throws IOException {
        try (Sink sink = new Sink();
                Node node = Node.tocsin(folder.resolve("hub"), Configs.webhook(sink, "1s", "2s", "1h"));
                Exporter exporter = new Exporter()) {
            int portA = FreePorts.one();
            int portB = FreePorts.one();
            ServerProcess first = prometheus("a", portA, node, exporter);
            try (ServerProcess second = prometheus("b", portB, node, exporter)) {
                awaitUp(portA, first);
                awaitUp(portB, second);
                exporter.broken = true;
                sink.await(1, Duration.ofSeconds(30));
                Pause.millis(3000);
                first.terminate();
                first.awaitExit(Duration.ofSeconds(30));
                Pause.millis(2000);
                first = prometheus("a", portA, node, exporter);
                awaitUp(portA, first);
                Pause.millis(5000); // the restarted one evaluates its rules again and posts
                exporter.broken = false;
                sink.await(2, Duration.ofSeconds(60));
                Pause.millis(8000); // nothing more may come
                List<Received> received = sink.received();
                assertThat(received).extracting(Received::status).containsExactly("firing", "resolved");
                assertThat(received).extracting(Received::marked).containsOnly(false);
                assertThat(received.getFirst()
                                .body()
                                .path("alerts")
                                .get(0)
                                .path("generatorURL")
                                .asText())
                        .startsWith("http://");
            } finally {
                first.close();
            }
        }
    }

    private ServerProcess prometheus(String name, int port, Node node, Exporter exporter) throws IOException {
        Path home = folder.resolve("prometheus-" + name);
        Files.createDirectories(home);
        Files.writeString(home.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                alerting:
                  alertmanagers:
                    - static_configs: [{targets: ['%s']}]
                scrape_configs:
                  - job_name: app
                    static_configs: [{targets: ['127.0.0.1:%d'], labels: {instance: app-1}}]
                """.formatted(
                        node.api().base().substring("http://".length()), exporter.port()));
        Files.writeString(home.resolve("rules.yml"), """
                groups:
                  - name: app
                    rules:
                      - alert: AppBroken
                        expr: app_broken == 1
                        labels: {severity: page}
                        annotations: {summary: 'app is broken: {{ $value }}'}
                """);
        return ServerProcess.start(
                home,
                Map.of(),
                List.of(
                        Checkout.peer("stable", "prometheus").toString(),
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=127.0.0.1:" + port,
                        "--rules.alert.resend-delay=2s"));
    }

    private static void awaitUp(int port, ServerProcess process) {
        Api api = new Api("http://127.0.0.1:" + port);
        try {
            api.awaitReady(Duration.ofSeconds(30));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(process.errors(), e);
        }
    }

    /** The application that both servers scrape. */
    private static final class Exporter implements AutoCloseable {
        private final HttpServer server;
        volatile boolean broken;

        Exporter() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.createContext("/metrics", exchange -> {
                byte[] body = ("app_broken " + (broken ? 1 : 0) + "\n").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
