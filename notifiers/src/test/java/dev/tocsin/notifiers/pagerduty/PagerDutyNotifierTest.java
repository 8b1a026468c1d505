package dev.tocsin.notifiers.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerDutyNotifierTest {
    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            `routing_key: k, url: 'http://SINK'`, custom_details
            `service_key: k`, details
            """)
    void detailsThatAreTooLargeAreLeftOut(String key, String member) throws Exception {
        String details = ", details: {big: 'x{{ printf \"%0520000d\" 0 }}'}";

        harness.build("pagerduty", key + details).send(notification, IntegrationHarness.LATER);

        assertThat(harness.server.take().body())
                .hasSizeLessThan(1000)
                .contains("\"" + member + "\":{\"error\":\"Custom details have been removed because the original event "
                        + "exceeds the maximum size of 512KB\"}");
    }

    @Test
    void eventsWithoutDefaultsAreBare() throws Exception {
        harness.build(
                        "pagerduty",
                        "routing_key: k, url: 'http://SINK', client: '', client_url: '', source: '{{ \"\" }}', description: d,"
                                + "details: {firing: '', resolved: null, num_firing: '7', num_resolved: '{{ \"\" }}'}")
                .send(notification, IntegrationHarness.LATER);

        assertThat(harness.server.take().body())
                .endsWith(
                        "\"event_action\":\"trigger\",\"payload\":{\"summary\":\"d\",\"source\":\"\",\"severity\":\"error\","
                                + "\"custom_details\":{\"firing\":null,\"num_firing\":7,\"num_resolved\":null,\"resolved\":null}}}\n");
    }

    @Test
    void aServiceKeyWinsOverARoutingKey() throws Exception {
        harness.build("pagerduty", "routing_key: r, service_key: s").send(notification, IntegrationHarness.LATER);

        assertThat(harness.server.take().body()).startsWith("{\"service_key\":\"s\",");
    }

    @Test
    void theOwnTimeoutIsNamed() throws Exception {
        harness.server.then(harness.server.hangAfter(""));

        assertThat(harness.build("pagerduty", "routing_key: r, url: 'http://SINK/x', timeout: 150ms")
                        .send(notification, IntegrationHarness.LATER))
                .isEqualTo(new Outcome.Retryable(
                        FailureReason.OTHER,
                        "failed to post message to PagerDuty: Post \"http://" + harness.server.address()
                                + "/x\": configured pagerduty timeout reached (150ms)",
                        true,
                        false));
    }
}
