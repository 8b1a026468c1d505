package dev.tocsin.core.store.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.replicate.Replication;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.silence.Silences.SetResult;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceExchangeTest extends SilenceStoreFixture {
    private final List<List<byte[]>> told = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();

    /** Another node whose clock differs. */
    private static final class Other {
        final VirtualTime time;
        final MemoryStorage disk;
        SilenceStore store;
        SilenceExchange exchange;

        Other(Instant now) throws IOException {
            time = new VirtualTime(now);
            disk = new MemoryStorage(time);
            store = open(disk);
            exchange = new SilenceExchange(store);
        }

        SilenceStore open(MemoryStorage on) throws IOException {
            Metrics own = new Metrics(new MetricRegistry());
            SilenceStore opened = new SilenceStore(
                    OPTIONS, time, time, time, new Random(2), on, own, new MemoryJournal("a", time, own, 10, 10_000));
            opened.load();
            return opened;
        }

        PeerClock clock(Instant there) {
            return PeerClock.of(there, time.now());
        }

        Silence.State state(String id) {
            return Silences.state(Objects.requireNonNull(store.find(id)), time.now());
        }
    }

    private void replicate() {
        store.replicateThrough(new Replication() {
            @Override
            public void alerts(List<byte[]> records, int count, Runnable held) {
                throw new AssertionError("silences only");
            }

            @Override
            public void silences(List<byte[]> records, Runnable held) {
                told.add(records);
                waiting.add(held);
            }
        });
    }

    private String edit(CompletionStage<SetResult> stage) {
        time.settle();
        waiting.forEach(Runnable::run);
        waiting.clear();
        return ((SetResult.Stored) stage.toCompletableFuture().join()).id();
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, -1, 0, 1, 60})
    void whatIsMadeAndEndedHereIsInForceAndEndsThereUnderAnyClock(int skew) throws IOException {
        Other other = new Other(time.now().plusSeconds(skew));
        replicate();
        String id = edit(store.set(draft("", 0, 3600, "alertname", "Down")));
        other.exchange.merge(told.removeFirst(), other.clock(time.now()));
        assertThat(other.state(id)).isEqualTo(Silence.State.ACTIVE);
        assertThat(other.store.silencedBy(ALERT, other.time.now())).containsExactly(id);
        assertThat(other.exchange.digest().sums())
                .isEqualTo(new SilenceExchange(store).digest().sums());

        time.advance(Duration.ofSeconds(10));
        other.time.advance(Duration.ofSeconds(10));
        CompletionStage<Boolean> ended = store.expire(id);
        time.settle();
        waiting.forEach(Runnable::run);
        assertThat(ended.toCompletableFuture().join()).isTrue();
        other.exchange.merge(told.removeFirst(), other.clock(time.now()));

        assertThat(other.state(id)).isEqualTo(Silence.State.EXPIRED);
        assertThat(other.exchange.digest().sums())
                .isEqualTo(new SilenceExchange(store).digest().sums());
    }

    @Test
    void theAnswerWaitsForThePeers() {
        replicate();
        CompletionStage<SetResult> stage = store.set(draft("", 0, 3600, "alertname", "Down"));
        time.settle();
        assertThat(stage.toCompletableFuture()).isNotDone();
        waiting.forEach(Runnable::run);
        assertThat(stage.toCompletableFuture()).isDone();
    }

    @Test
    void whatAPeerToldSurvivesAKillAndAnOlderVersionDoesNotUndoIt() throws IOException {
        Other other = new Other(time.now());
        replicate();
        String id = edit(store.set(draft("", 0, 3600, "alertname", "Down")));
        time.advance(Duration.ofSeconds(1));
        other.time.advance(Duration.ofSeconds(1));
        store.expire(id);
        time.settle();
        other.exchange.merge(told.get(1), other.clock(time.now()));
        other.exchange.merge(told.get(0), other.clock(time.now()));
        assertThat(other.state(id)).isEqualTo(Silence.State.EXPIRED);
        other.time.settle();

        other.store = other.open(other.disk.kill());

        assertThat(other.state(id)).isEqualTo(Silence.State.EXPIRED);
    }

    @Test
    void pagesHoldTheSilencesOfTheirBuckets() throws IOException {
        for (int i = 0; i < 300; i++) {
            create(draft("", 0, 3600, "alertname", "x".repeat(2000) + i));
        }
        SilenceExchange here = new SilenceExchange(store);
        Other other = new Other(time.now());
        BitSet half = new BitSet();
        half.set(0, Buckets.COUNT / 2);
        BitSet rest = new BitSet();
        rest.set(Buckets.COUNT / 2, Buckets.COUNT);
        int pages = 0;
        for (BitSet wanted : List.of(half, rest)) {
            for (var page = here.pages(wanted); page.hasNext(); pages++) {
                other.exchange.merge(page.next(), other.clock(time.now()));
            }
            assertThat(other.store.list(List.of())).hasSizeBetween(100, 300);
        }

        assertThat(pages).isGreaterThan(3);
        assertThat(other.store.list(List.of())).hasSize(300);
    }

    @Test
    void whatWasLoadedAfterALongTimeCanBeForgotten() throws IOException {
        String old = create(draft("", 0, 999_999, "alertname", "Old"));
        time.advance(Duration.ofDays(6));
        Instant started = time.now();
        time.advance(Duration.ofSeconds(1));
        String fresh = create(draft("", 0, 3600, "alertname", "Fresh"));

        store.forgetBefore(started);
        time.settle();

        assertThat(store.find(old)).isNull();
        storage = storage.kill();
        restart(OPTIONS);
        assertThat(store.find(old)).isNull();
        assertThat(store.find(fresh)).isNotNull();
    }

    @Test
    void anythingElseIsRefusedAndTheRestIsJoined() throws IOException {
        replicate();
        String id = edit(store.set(draft("", 0, 3600, "alertname", "Down")));
        Other other = new Other(time.now());
        List<byte[]> records = List.of(new byte[] {1, 2}, told.getFirst().getFirst());

        assertThatThrownBy(() -> other.exchange.merge(records, other.clock(time.now())))
                .isInstanceOf(IOException.class);

        assertThat(other.state(id)).isEqualTo(Silence.State.ACTIVE);
    }
}
