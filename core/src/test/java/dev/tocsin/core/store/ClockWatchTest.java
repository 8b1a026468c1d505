package dev.tocsin.core.store;

import static dev.tocsin.core.store.Alerts.A;
import static dev.tocsin.core.store.Alerts.firing;
import static dev.tocsin.core.store.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A wall clock that somebody sets while alerts are stored. */
class ClockWatchTest {
    private final VirtualTime time = new VirtualTime();
    private Duration offset = Duration.ZERO;
    private final Clock clock = new Clock() {
        @Override
        public Instant now() {
            return time.now().plus(offset);
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }
    };
    private final MemoryStorage disk = new MemoryStorage(time);
    private final AlertStore store = started(disk);

    private AlertStore started(MemoryStorage storage) {
        AlertStore fresh =
                new AlertStore(AlertStoreOptions.DEFAULTS, clock, time, storage, new Metrics(new MetricRegistry()));
        try {
            fresh.load();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        fresh.start();
        return fresh;
    }

    private StoredAlert posted(Alert alert) {
        store.put(List.of(alert), A, () -> {});
        time.settle();
        return stored(alert);
    }

    private StoredAlert stored(Alert alert) {
        return store.all().stream()
                .filter(stored -> stored.alert().fingerprint() == alert.fingerprint())
                .findAny()
                .orElseThrow();
    }

    private static SourceReport report(StoredAlert stored) {
        return Objects.requireNonNull(stored.reports());
    }

    @Test
    void whatWasStoredBeforeAStopIsSetBackTooIfTheClockWasMeanwhile() {
        Alert posted = firing("X", clock.now(), clock.now());
        posted(posted);
        offset = Duration.ofSeconds(-33);
        AlertStore again = started(disk.kill(time));

        assertThat(again.all()).singleElement().satisfies(stored -> {
            assertThat(stored.alert().updatedAt()).isBeforeOrEqualTo(clock.now());
            assertThat(report(stored).seenAt()).isBeforeOrEqualTo(clock.now());
        });
    }

    @Test
    void whatWasHeardBeforeTheClockWasSetBackIsNotNewerThanNow() {
        Instant start = clock.now();
        posted(firing("X", start, clock.now()));
        time.advance(Duration.ofSeconds(20));
        Alert over = resolved("X", start, clock.now(), clock.now());
        posted(over);

        offset = Duration.ofSeconds(-30);

        assertThat(report(stored(over)).seenAt()).isEqualTo(clock.now());
        assertThat(stored(over).alert().resolvedAt(clock.now())).isTrue();
        assertThat(report(stored(over)).saysResolved()).isTrue();
    }

    @Test
    void aClockThatRunsAndAMachineThatSleptChangeNothing() {
        Alert alert = firing("X", clock.now(), clock.now());
        StoredAlert before = posted(alert);
        time.advance(Duration.ofSeconds(5));
        assertThat(stored(alert)).isEqualTo(before);
        offset = Duration.ofSeconds(30);
        assertThat(stored(alert)).isEqualTo(before);
    }
}
