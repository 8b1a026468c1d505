package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Sink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group with two integrations, one of which does not answer: the other one hears its news on time. */
class SlowReceiverIT {
    @TempDir
    private Path folder;

    private static String alert(String name) {
        return "[{\"labels\":{\"alertname\":\"" + name + "\"}}]";
    }

    @Test
    void oneThatHangsDoesNotHoldBackTheNewsOfItsSibling() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        try (Sink sink = new Sink()) {
            sink.answer(request -> {
                if (request.path().equals("/hanging")) {
                    hanging.incrementAndGet();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return 200;
            });
            String config = """
                    route: {receiver: both, group_by: [job], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                    receivers:
                      - name: both
                        webhook_configs: [{url: '%s'}, {url: '%s'}]
                    """.formatted(sink.url("/hanging"), sink.url("/well"));
            try (Node node = Node.tocsin(folder, config)) {
                node.api().postAlerts(alert("A"));
                sink.await(1, Duration.ofSeconds(20));
                await().atMost(Duration.ofSeconds(20)).until(() -> hanging.get() == 1);
                node.api().postAlerts(alert("B"));
                List<Sink.Received> received = sink.await(2, Duration.ofSeconds(20));

                assertThat(received.getLast().path()).isEqualTo("/well");
                assertThat(received.getLast().alerts()).isEqualTo(2);
                assertThat(hanging)
                        .as("the attempt that hangs, ten seconds long, is still the first")
                        .hasValue(1);
            } finally {
                end.countDown();
            }
        }
    }
}
