package dev.tocsin.core.log;

import static dev.tocsin.core.log.Entries.KEY;
import static dev.tocsin.core.log.Entries.claim;
import static dev.tocsin.core.log.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.log.LogCodec.Aged;
import dev.tocsin.core.log.LogExchange.LogPage;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogExchangeTest {
    private static final class Node {
        final VirtualTime time;
        final NotificationLog log;
        final LogExchange exchange;

        Node(int skewSeconds) throws IOException {
            time = new VirtualTime(Entries.NOW.plusSeconds(skewSeconds));
            log = new NotificationLog(new MemoryStorage(time), time, new LogMetrics(new Metrics(new MetricRegistry())));
            exchange = new LogExchange(log, time);
        }

        long[] sums() {
            return exchange.digest().sums();
        }

        void pull(Node from) throws IOException {
            BitSet differing = new BitSet();
            for (int i = 0; i < Buckets.COUNT; i++) {
                differing.set(i, sums()[i] != from.sums()[i]);
            }
            for (Iterator<LogPage> pages = from.exchange.pages(differing); pages.hasNext(); ) {
                exchange.merge(pages.next());
            }
        }
    }

    private final Node here = new Node(0);
    private final Node there = new Node(30);

    LogExchangeTest() throws IOException {}

    private static LogEntry about(int group) {
        LogEntry one = entry(1, VersionVector.EMPTY.with(1, group + 1), "a", "", Entries.NOW, 1);
        return new LogEntry(
                new LogKey("group " + group, "team", "webhook", 0),
                one.sequence(),
                one.version(),
                one.firing(),
                one.resolved(),
                Map.of(),
                one.sentAt(),
                one.expiresAt(),
                one.node(),
                false);
    }

    @Test
    void nodesThatWereApartAgreeAfterPullingWhatDiffers() throws IOException {
        for (int i = 0; i < 3000; i++) {
            here.log.record(about(i));
        }
        there.log.merge(
                List.of(), List.of(claim(new ClaimId(2, 1, 1), 7, VersionVector.EMPTY, "b", "", there.time.now())));
        there.pull(here);
        here.pull(there);

        assertThat(here.sums()).isEqualTo(there.sums());
        assertThat(there.log.states()).hasSize(3001);
        assertThat(here.log.query(KEY).maybes()).hasSize(1);
        assertThat(here.log.query(KEY).maybes().getFirst().since()).isEqualTo(Entries.NOW);
    }

    @Test
    void aLogThatKnowsMoreOfAKeyHasAnotherDigest() {
        here.log.record(about(1));
        there.log.record(about(1));
        assertThat(here.sums()).isEqualTo(there.sums());

        there.log.merge(List.of(), List.of(claim(new ClaimId(2, 1, 1), 7, VersionVector.EMPTY, "b", "", Entries.NOW)));
        assertThat(here.sums()).isNotEqualTo(there.sums());

        there.time.advance(Duration.ofHours(9));
        here.time.advance(Duration.ofHours(9));
        assertThat(here.sums()).isEqualTo(there.sums()).containsOnly(0);
    }

    @Test
    void anythingElseIsRefusedAndTheRestIsJoined() {
        LogPage page = here.exchange.page(List.of(about(1)));
        LogPage noisy = new LogPage(
                List.of(new Aged(new byte[] {-1}, 0, 0), page.entries().getFirst()), List.of());

        assertThatThrownBy(() -> there.exchange.merge(noisy)).isInstanceOf(IOException.class);

        assertThat(there.log.states()).hasSize(1);
    }
}
