package dev.tocsin.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many receivers cost, and what one that hangs costs the others. Prints tables and asserts no times. */
@Tag("bench")
class ReceiversBench {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int RECEIVERS = 500;
    private static final int SENT_TO = 10;
    private static final int NOTIFICATIONS = 5000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One setting each, with the texts that people write; every one of them is built with its templates and clients. */
    private static final List<String> KINDS = List.of(
            "webhook_configs: [{url: 'http://127.0.0.1:9/%1$d'}]",
            "slack_configs: [{api_url: 'http://127.0.0.1:9/%1$d', channel: '#c%1$d', title: '{{ .Status }} %1$d'}]",
            "email_configs: [{to: 'team%1$d@example.org', smarthost: 'mail%1$d.example.org:587', from: am@example.org}]",
            "pagerduty_configs: [{routing_key: key%1$d, description: '{{ .CommonLabels.alertname }} %1$d'}]",
            "opsgenie_configs: [{api_key: key%1$d}]",
            "msteamsv2_configs: [{webhook_url: 'https://teams.example.org/%1$d'}]",
            "telegram_configs: [{bot_token: t%1$d, chat_id: %1$d}]",
            "discord_configs: [{webhook_url: 'https://discord.example.org/%1$d',"
                    + " http_config: {proxy_url: 'http://proxy%1$d.example.org:3128'}}]");

    @TempDir
    private Path folder;

    @Test
    void fiveHundredReceivers() throws Exception {
        archive();
        Figures one = new Figures();
        Figures many = new Figures();
        for (int round = 0; round < ROUNDS; round++) {
            start(folder.resolve("one" + round), receivers(1), one);
            start(folder.resolve("many" + round), receivers(RECEIVERS), many);
        }
        Figures.print("1 receiver", one, RECEIVERS + " receivers", many);
    }

    /** As the launcher does when it has built the jar. */
    private static void archive() throws IOException, InterruptedException {
        ProcessBuilder archive = new ProcessBuilder(
                "bash", Checkout.launcher().resolveSibling("archive").toString());
        archive.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertThat(archive.inheritIO().start().waitFor()).isZero();
    }

    private static String receivers(int count) {
        StringBuilder routes = new StringBuilder("route:\n  receiver: r0\n  routes:\n");
        StringBuilder receivers = new StringBuilder("receivers:\n");
        for (int i = 0; i < count; i++) {
            routes.append("    - {receiver: r")
                    .append(i)
                    .append(", matchers: [team=t")
                    .append(i)
                    .append("]}\n");
            receivers.append("  - name: r").append(i).append("\n    ");
            receivers
                    .append(String.format(Locale.ROOT, KINDS.get(i % KINDS.size()), i))
                    .append('\n');
        }
        return routes.append(receivers).toString();
    }

    private static void start(Path folder, String config, Figures into) {
        String archive = Checkout.jar().toString().replaceAll("\\.jar$", ".aot");
        long begun = System.nanoTime();
        try (Node node = Node.tocsin(folder, config, Map.of("JDK_JAVA_OPTIONS", "-XX:AOTCache=" + archive))) {
            long pid = node.process().pid();
            into.add("start to ready, wall ms", (System.nanoTime() - begun) / 1e6);
            into.add("start to ready, CPU ms", ProcessFigures.cpuMillis(pid));
            into.add("threads", ProcessFigures.threads(pid));
            Pause.millis(2000);
            into.add("threads when idle", ProcessFigures.threads(pid));
            into.add("RSS when idle, MiB", ProcessFigures.rssMib(pid));
        }
    }

    @Test
    void oneOfTenHangs() {
        Figures well = new Figures();
        Figures hanging = new Figures();
        for (int round = 0; round < ROUNDS; round++) {
            send(folder.resolve("well" + round), false, well);
            send(folder.resolve("hanging" + round), true, hanging);
        }
        Figures.print("all well", well, "one hangs", hanging);
    }

    private static void send(Path folder, boolean oneHangs, Figures into) {
        CountDownLatch end = new CountDownLatch(1);
        try (Sink sink = new Sink();
                Node node = Node.tocsin(folder, config(sink))) {
            sink.answer(request -> {
                if (oneHangs && request.path().equals("/0")) {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return 200;
            });
            Instant begun = Instant.now();
            double before = ProcessFigures.cpuMillis(node.process().pid());
            for (int i = 0; i < NOTIFICATIONS; i += 500) {
                node.api().postAlerts(alerts(i, 500));
            }
            int others = NOTIFICATIONS / SENT_TO * (SENT_TO - 1);
            int expected = oneHangs ? others : NOTIFICATIONS;
            List<Double> seconds = sink.await(expected, PATIENCE).stream()
                    .filter(received -> !received.path().equals("/0"))
                    .map(received -> Duration.between(begun, received.at()).toNanos() / 1e6)
                    .sorted()
                    .toList();
            assertThat(seconds).hasSize(others);
            into.add("the other nine: half of them after, ms", seconds.get(others / 2));
            into.add("the other nine: 99 of 100 after, ms", seconds.get(others * 99 / 100));
            into.add("the other nine: all after, ms", seconds.get(others - 1));
            into.add("CPU ms", ProcessFigures.cpuMillis(node.process().pid()) - before);
            into.add("threads", ProcessFigures.threads(node.process().pid()));
            end.countDown();
        }
    }

    private static String config(Sink sink) {
        StringBuilder routes = new StringBuilder("""
                route:
                  receiver: r0
                  group_by: [alertname, instance]
                  group_wait: 0s
                  group_interval: 5m
                  routes:
                """);
        StringBuilder receivers = new StringBuilder("receivers:\n");
        for (int i = 0; i < SENT_TO; i++) {
            routes.append("    - {receiver: r")
                    .append(i)
                    .append(", matchers: [team=t")
                    .append(i)
                    .append("]}\n");
            receivers.append("  - name: r").append(i).append("\n    webhook_configs: [{url: '");
            receivers.append(sink.url("/" + i)).append("'}]\n");
        }
        return routes.append(receivers).toString();
    }

    private static String alerts(int first, int count) {
        StringBuilder body = new StringBuilder("[");
        for (int i = first; i < first + count; i++) {
            body.append(i == first ? "" : ",")
                    .append("{\"labels\":{\"alertname\":\"Down\",\"instance\":\"i")
                    .append(i)
                    .append("\",\"team\":\"t")
                    .append(i % SENT_TO)
                    .append("\"}}");
        }
        return body.append(']').toString();
    }
}
