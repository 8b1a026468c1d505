package dev.tocsin.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookDeliveryTest {
    private final VirtualTime time = new VirtualTime();
    private final VirtualWorkers workers = new VirtualWorkers(time);
    private final ScriptedPoster poster = new ScriptedPoster(time, workers);
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MetricValues values = new MetricValues(metrics);
    private final EventMetrics eventMetrics = new EventMetrics(metrics, () -> 0);

    private WebhookDelivery delivery(WebhookOutput config) {
        return new WebhookDelivery(config, poster, time, workers, eventMetrics);
    }

    private static WebhookOutput single(int atOnce, int retries, Duration backoff) {
        return new WebhookOutput(
                Secret.NONE, null, Duration.ZERO, atOnce, retries, backoff, false, 0, 0, Duration.ZERO);
    }

    private static WebhookOutput batch(int maxEvents, int maxBytes, Duration interval) {
        return new WebhookOutput(
                Secret.NONE, null, Duration.ZERO, 1, 0, Duration.ZERO, true, maxEvents, maxBytes, interval);
    }

    private static EventLine line(String json) {
        return new EventLine("notification", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void offer(WebhookDelivery delivery, int from, int to) {
        for (int i = from; i <= to; i++) {
            delivery.offer(line("" + i));
        }
    }

    private double dropped() {
        return values.value("alertmanager_event_output_drops_total", poster.name());
    }

    @Test
    void eachEventIsARequestAndOnlySomeAreOutAtOnce() {
        poster.take(Duration.ofMillis(20));
        offer(delivery(single(0, 0, Duration.ZERO)), 1, 6);
        time.advance(Duration.ofSeconds(1));
        assertThat(poster.posts()).containsExactly("0 1", "0 2", "0 3", "0 4", "20 5", "20 6");
    }

    @Test
    void aBatchGoesOutWhenItIsFullOrOldEnough() {
        WebhookDelivery delivery = delivery(batch(3, 0, Duration.ZERO));
        offer(delivery, 1, 7);
        time.advance(Duration.ofMillis(50));
        offer(delivery, 8, 8);
        time.advance(Duration.ofSeconds(1));
        assertThat(poster.posts()).containsExactly("0 [1,2,3]", "0 [4,5,6]", "100 [7,8]");
    }

    @Test
    void aBatchKeepsWithinItsBytesAndALargeEventGoesAlone() {
        WebhookDelivery delivery = delivery(batch(0, 12, Duration.ofMillis(10)));
        delivery.offer(line("11111"));
        delivery.offer(line("22222222222222222222"));
        delivery.offer(line("333"));
        delivery.offer(line("444"));
        time.advance(Duration.ofSeconds(1));
        assertThat(poster.posts())
                .extracting(post -> post.substring(post.indexOf(' ') + 1))
                .containsExactly("[11111]", "[22222222222222222222]", "[333,444]");
    }

    @Test
    void aFailedRequestIsRepeatedAfterGrowingPauses() {
        poster.fail(3);
        offer(delivery(single(1, 0, Duration.ZERO)), 1, 1);
        time.advance(Duration.ofSeconds(60));
        assertThat(poster.posts()).containsExactly("0 1", "500 1", "1500 1", "3500 1");
        assertThat(dropped()).isZero();
    }

    @Test
    void pausesGrowToHalfAMinuteAtMost() {
        poster.fail(4);
        offer(delivery(single(1, 9, Duration.ofSeconds(10))), 1, 1);
        time.advance(Duration.ofMinutes(5));
        assertThat(poster.posts()).containsExactly("0 1", "10000 1", "30000 1", "60000 1", "90000 1");
    }

    @Test
    void whatIsNotTakenAfterAllRetriesIsDroppedAndTheNextEventFollows() {
        poster.fail(3);
        offer(delivery(single(1, 2, Duration.ofMillis(100))), 1, 2);
        time.advance(Duration.ofSeconds(10));
        assertThat(poster.posts()).containsExactly("0 1", "100 1", "300 1", "300 2");
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void aFullBufferDropsAndCounts() {
        poster.take(Duration.ofHours(1));
        WebhookDelivery delivery = delivery(single(1, 0, Duration.ZERO));
        offer(delivery, 1, WebhookBuffer.MAX_EVENTS + 3);
        assertThat(dropped()).isEqualTo(2);
        assertThat(values.value("alertmanager_events_recorded_total", "notification", poster.name(), "error"))
                .isEqualTo(2);
        assertThat(values.value("alertmanager_events_recorded_total", "notification", poster.name(), "success"))
                .isEqualTo(WebhookBuffer.MAX_EVENTS + 1.0);
    }

    @Test
    void atTheEndAWaitingBatchGoesOutAtOnce() {
        WebhookDelivery delivery = delivery(batch(10, 0, Duration.ofMinutes(1)));
        offer(delivery, 1, 2);
        List<String> ends = new ArrayList<>();
        delivery.finish(Duration.ofSeconds(2), () -> ends.add("ended"));
        time.settle();
        assertThat(poster.posts()).containsExactly("0 [1,2]");
        assertThat(ends).containsExactly("ended");
        delivery.offer(line("late"));
        time.advance(Duration.ofMinutes(2));
        assertThat(poster.posts()).hasSize(1);
        assertThat(dropped()).isEqualTo(1);
        assertThat(ends).containsExactly("ended");
    }

    @Test
    void atTheEndOfThePatienceTheRestIsDropped() {
        poster.take(Duration.ofHours(1));
        WebhookDelivery delivery = delivery(single(2, 0, Duration.ZERO));
        offer(delivery, 1, 5);
        time.settle();
        List<String> ends = new ArrayList<>();
        delivery.finish(Duration.ofSeconds(2), () -> ends.add("ended"));
        time.advance(Duration.ofMillis(1999));
        assertThat(ends).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(ends).containsExactly("ended");
        assertThat(dropped()).isEqualTo(5);
        time.advance(Duration.ofHours(2));
        assertThat(poster.posts()).hasSize(2);
    }
}
