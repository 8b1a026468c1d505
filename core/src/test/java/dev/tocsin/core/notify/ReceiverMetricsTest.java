package dev.tocsin.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReceiverMetricsTest {
    private static final String TOTAL = "tocsin_receiver_notifications_total";

    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MetricValues values = new MetricValues(metrics);
    private final ReceiverMetrics receivers = new ReceiverMetrics(metrics);
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private static Set<String> numbered(int from, int until) {
        Set<String> names = new TreeSet<>();
        for (int i = from; i < until; i++) {
            names.add(String.format("team-%05d", i));
        }
        return names;
    }

    @Test
    void howeverManyReceiversThereAreOnlyAHundredHaveTheirOwnSeries() {
        receivers.configured(numbered(0, 10_000));
        for (String receiver : numbered(0, 10_000)) {
            receivers.delivered(receiver, now);
            receivers.told(receiver, now, now, now);
            receivers.waiting(receiver, 1);
        }
        assertThat(values.series(TOTAL)).isEqualTo(2 * (ReceiverMetrics.NAMED + 1));
        assertThat(values.series("tocsin_receiver_time_since_start_seconds")).isEqualTo(ReceiverMetrics.NAMED + 1);
        assertThat(values.value(TOTAL, "team-00099", "delivered")).isEqualTo(1);
        assertThat(values.value(TOTAL, "other", "delivered")).isEqualTo(9_900);
        assertThat(values.value("tocsin_receiver_notifications_waiting", "other"))
                .isEqualTo(9_900);
    }

    @Test
    void aReceiverKeepsItsPlaceOverReloadsAndPlacesThatAreFreeGoToOthers() {
        receivers.configured(numbered(50, 150));
        receivers.delivered("team-00149", now);

        receivers.configured(numbered(0, 150));
        assertThat(values.value(TOTAL, "team-00149", "delivered")).isEqualTo(1);
        assertThat(values.value(TOTAL, "team-00000", "delivered")).isNaN();

        receivers.configured(numbered(0, 100));
        assertThat(values.value(TOTAL, "team-00149", "delivered")).isNaN();
        assertThat(values.value(TOTAL, "team-00000", "delivered")).isZero();
    }

    @Test
    void thereIsNoBucketForOthersUnlessThereAreOthers() {
        receivers.configured(Set.of("team"));
        assertThat(values.series(TOTAL)).isEqualTo(2);
        assertThat(values.value("tocsin_receiver_last_success_timestamp_seconds", "team"))
                .isZero();
    }

    @Test
    void alertsThatBeginInTheFutureCountAsToldAtOnce() {
        receivers.configured(Set.of("team"));
        receivers.told("team", now.plusSeconds(60), now, now.plusMillis(400));
        List<Long> start = values.buckets("tocsin_receiver_time_since_start_seconds", "team");
        List<Long> receipt = values.buckets("tocsin_receiver_time_since_receipt_seconds", "team");
        assertThat(start.getFirst()).isEqualTo(1);
        assertThat(receipt.getFirst()).isZero();
        assertThat(receipt.get(1)).isEqualTo(1);
    }
}
