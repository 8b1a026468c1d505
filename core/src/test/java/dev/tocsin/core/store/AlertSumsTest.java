package dev.tocsin.core.store;

import static dev.tocsin.core.store.Alerts.A;
import static dev.tocsin.core.store.Alerts.AMTOOL;
import static dev.tocsin.core.store.Alerts.B;
import static dev.tocsin.core.store.Alerts.firing;
import static dev.tocsin.core.store.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.replicate.Replication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertSumsTest {
    private static final Duration COMPARED = Duration.ofMinutes(10);
    private static final List<AlertSource> SENDERS = List.of(A, B, AMTOOL);

    private final StoreRig rig = new StoreRig();

    private long[] anew() {
        return new AlertSums(rig.store.all(), COMPARED, rig.now()).buckets().sums();
    }

    private void change(Random random) {
        String name = "n" + random.nextInt(20);
        AlertSource sender = SENDERS.get(random.nextInt(SENDERS.size()));
        Instant now = rig.now();
        Instant start = now.minusSeconds(1 + random.nextInt(100));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> rig.put(sender, firing(name, start, now));
            case 4, 5 -> rig.put(sender, resolved(name, start, now, now));
            case 6 -> rig.put(sender, resolved(name, start, now.plusSeconds(random.nextInt(30)), now));
            case 7 -> rig.put(sender, resolved(name, start, start, now));
            case 8 -> rig.store.holdInferredEnds(random.nextBoolean());
            case 9 -> rig.time.advance(Duration.ofMinutes(random.nextInt(12)));
            default -> rig.time.advance(Duration.ofMillis(random.nextInt(20_000)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsKeptUpToDateIsWhatWouldBeMadeAnew(long seed) {
        rig.store.replicateThrough(new Replication.Alone());
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            change(random);
            if (random.nextInt(3) > 0) { // now and then several changes come between two questions
                assertThat(rig.store.digest(COMPARED).sums()).isEqualTo(anew());
            }
        }
    }
}
