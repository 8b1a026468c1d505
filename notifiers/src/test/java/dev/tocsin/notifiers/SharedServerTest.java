package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.Turnstile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Integrations with equal settings share connections to one server, but not their turns. */
class SharedServerTest {
    private static final int WAITING = 8;

    private final Notification notification = new CapturedAlerts().notification("firing");

    @Test
    @Timeout(60)
    void anIntegrationThatHangsLeavesTheServerToTheOthers() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (IntegrationHarness harness = new IntegrationHarness()) {
            Notifier hanging = harness.build("webhook", "url: 'http://SINK/hanging'");
            Notifier well = harness.build("webhook", "url: 'http://SINK/well'");
            for (int i = 0; i < Turnstile.AT_ONCE; i++) {
                harness.server.then(harness.server.hangAfter(""));
            }
            for (int i = 0; i < Turnstile.AT_ONCE + WAITING; i++) {
                threads.add(Thread.ofVirtual().start(() -> send(hanging)));
            }
            for (int i = 0; i < Turnstile.AT_ONCE; i++) {
                assertThat(harness.server.take().line()).startsWith("POST /hanging ");
            }

            assertThat(well.send(notification, IntegrationHarness.LATER)).isInstanceOf(Outcome.Delivered.class);

            assertThat(harness.server.take().line()).startsWith("POST /well ");
            assertThat(harness.server.waiting()).isZero();
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
            }
        }
    }

    private void send(Notifier notifier) {
        try {
            notifier.send(notification, IntegrationHarness.LATER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
