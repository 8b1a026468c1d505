package dev.tocsin.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.replicate.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AboutToEndTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final AboutToEnd watch = new AboutToEnd(ROUND);
    private final Map<Long, StoredAlert> alerts = new HashMap<>();

    private void store(String name, Instant now, Instant end) {
        Alert alert = Alerts.alert(LabelSet.of(Alert.ALERT_NAME, name), now, end, now, true);
        StoredAlert stored = new StoredAlert(alert, null, Instant.MIN, now);
        alerts.put(alert.fingerprint(), stored);
        watch.stored(stored, now);
    }

    private BitSet found(Instant now) {
        return watch.find(alerts.values(), new AsOf(now));
    }

    private static BitSet bucketOf(String name) {
        BitSet bucket = new BitSet();
        bucket.set(Buckets.of(LabelSet.of(Alert.ALERT_NAME, name).fingerprint()));
        return bucket;
    }

    @Test
    void findsAnAlertOnceAndARoundBeforeItsEnd() {
        store("X", T0, T0.plusSeconds(32));
        List<Long> at = new ArrayList<>();
        for (long second = 0; second <= 60; second += 5) {
            if (found(T0.plusSeconds(second)).equals(bucketOf("X"))) {
                at.add(second);
            }
        }
        assertThat(at).containsExactly(25L);
    }

    @Test
    void looksAtNothingWhileNoEndIsNear() {
        store("X", T0, T0.plusSeconds(60));
        found(T0);
        List<StoredAlert> unreadable = new ArrayList<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Iterator<StoredAlert> iterator() {
                throw new AssertionError("looked through all alerts");
            }
        };
        assertThat(watch.find(unreadable, new AsOf(T0.plusSeconds(45))).isEmpty())
                .isTrue();
    }

    @Test
    void findsAgainWhatEndsAgainBecauseTheClockWasSetBack() {
        store("X", T0, T0.plusSeconds(8));
        assertThat(found(T0)).isEqualTo(bucketOf("X"));
        assertThat(found(T0.plusSeconds(5)).isEmpty()).isTrue();
        watch.setBack();
        assertThat(found(T0)).isEqualTo(bucketOf("X"));
    }

    @Test
    void findsWhatALookThroughAllAlertsEveryTimeWouldFind() {
        Random random = new Random(7);
        for (int second = 0; second < 2000; second += 5) {
            Instant now = T0.plusSeconds(second);
            for (int i = random.nextInt(3); i > 0; i--) {
                store("A" + random.nextInt(40), now, now.plusMillis(random.nextInt(120_000) - 10_000));
            }
            BitSet all = new AboutToEnd(ROUND).find(alerts.values(), new AsOf(now));
            assertThat(found(now)).as("after %d s", second).isEqualTo(all);
        }
    }
}
