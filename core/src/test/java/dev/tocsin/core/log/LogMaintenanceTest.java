package dev.tocsin.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.snapshot.NotificationLogSnapshot;
import dev.tocsin.core.snapshot.NotificationLogSnapshot.Notified;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogMaintenanceTest {
    private static final Duration INTERVAL = Duration.ofMinutes(15);

    private final VirtualTime time = new VirtualTime(Entries.NOW);
    private final MemoryStorage storage = new MemoryStorage(time);
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MetricValues values = new MetricValues(metrics);
    private final LogMetrics logMetrics = new LogMetrics(metrics);
    private final NotificationLog log;
    private final LogMaintenance maintenance;

    LogMaintenanceTest() throws IOException {
        log = new NotificationLog(storage, time, logMetrics);
        maintenance = new LogMaintenance(log, storage, time, time, time, logMetrics, INTERVAL);
        maintenance.start();
        log.record(Entries.entry(3, VersionVector.EMPTY.with(1, 1), "a", "b", Entries.NOW, 1));
    }

    private List<Notified> snapshot() throws IOException {
        byte[] file = storage.readFile(NotificationLogSnapshot.FILE);
        return file == null ? List.of() : NotificationLogSnapshot.decode(file);
    }

    @Test
    void eachIntervalWritesTheSnapshotForAlertmanager() throws IOException {
        time.advance(INTERVAL.minusMillis(1));
        assertThat(snapshot()).isEmpty();
        time.advance(Duration.ofMillis(1));

        assertThat(snapshot()).singleElement().satisfies(notified -> {
            assertThat(notified.groupKey()).isEqualTo(Entries.KEY.groupKey());
            assertThat(notified.timestamp()).isEqualTo(Entries.NOW);
            assertThat(notified.expiresAt()).isEqualTo(Entries.NOW.plus(Duration.ofHours(8)));
            assertThat(notified.firing()).containsExactly(Entries.hashes("a").get(0));
            assertThat(notified.resolved()).containsExactly(Entries.hashes("b").get(0));
        });
        time.advance(INTERVAL);
        assertThat(values.value("alertmanager_nflog_maintenance_total")).isEqualTo(2);
        assertThat(values.value("alertmanager_nflog_maintenance_errors_total")).isZero();
        assertThat(values.value("alertmanager_nflog_snapshot_size_bytes")).isGreaterThan(50);
    }

    @Test
    void theEndWritesTheLastSnapshotAndStopsTheRounds() throws IOException {
        maintenance.close();

        assertThat(snapshot()).hasSize(1);
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(values.value("alertmanager_nflog_maintenance_total")).isEqualTo(1);
    }

    @Test
    void whatHasExpiredIsGoneFromMemoryAndSnapshot() throws IOException {
        time.advance(Duration.ofDays(3));

        assertThat(log.states()).isEmpty();
        assertThat(storage.readFile(NotificationLogSnapshot.FILE)).isEmpty();
    }

    @Test
    void aFailingDiskIsCountedAndTriedAgainAtTheNextInterval() throws IOException {
        storage.failWith("No space left on device");
        time.advance(INTERVAL);
        assertThat(values.value("alertmanager_nflog_maintenance_errors_total")).isEqualTo(1);
        storage.failWith(null);
        time.advance(INTERVAL);

        assertThat(values.value("alertmanager_nflog_maintenance_errors_total")).isEqualTo(1);
        assertThat(snapshot()).hasSize(1);
    }
}
