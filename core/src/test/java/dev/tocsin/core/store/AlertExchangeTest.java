package dev.tocsin.core.store;

import static dev.tocsin.core.store.Alerts.A;
import static dev.tocsin.core.store.Alerts.AMTOOL;
import static dev.tocsin.core.store.Alerts.B;
import static dev.tocsin.core.store.Alerts.firing;
import static dev.tocsin.core.store.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.replicate.Replication;
import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertExchangeTest {
    private static final Instant ZERO = Instant.parse("2026-01-02T03:04:05Z");

    /** Two nodes whose clocks differ; each tells the other of its changes. */
    private static final class Pair {
        final StoreRig here = new StoreRig(AlertStoreOptions.DEFAULTS, new VirtualTime(ZERO));
        final StoreRig there;
        final Queue<Runnable> waiting = new ArrayDeque<>();
        boolean connected = true;
        int told;

        Pair(int skewSeconds) {
            there = new StoreRig(AlertStoreOptions.DEFAULTS, new VirtualTime(ZERO.plusSeconds(skewSeconds)));
            here.peerTime = there.time;
            there.peerTime = here.time;
            here.store.replicateThrough(to(there));
            there.store.replicateThrough(to(here));
        }

        private Replication to(StoreRig other) {
            return new Replication() {
                @Override
                public void alerts(List<byte[]> records, int count, Runnable held) {
                    told += count;
                    if (connected) {
                        records.forEach(record -> merge(other, record));
                    }
                    waiting.add(held);
                }

                @Override
                public void silences(List<byte[]> records, Runnable held) {
                    throw new AssertionError("alerts only");
                }
            };
        }

        void advance(Duration duration) {
            here.time.advance(duration);
            there.time.advance(duration);
        }

        void exchangeAll() {
            BitSet all = new BitSet();
            all.set(0, Buckets.COUNT);
            List<byte[]> pages = new ArrayList<>();
            exchange(here).pages(all).forEachRemaining(pages::add);
            exchange(there).pages(all).forEachRemaining(record -> merge(here, record));
            pages.forEach(record -> merge(there, record));
        }

        boolean same() {
            return Arrays.equals(
                    exchange(here).digest().sums(), exchange(there).digest().sums());
        }
    }

    private static AlertExchange exchange(StoreRig rig) {
        return new AlertExchange(rig.store, rig.time);
    }

    /** The peer's clock, if it is the other one's of a pair. */
    private static PeerClock clock(StoreRig rig) {
        return PeerClock.of(rig.peerTime.now(), rig.now());
    }

    private static void merge(StoreRig rig, byte[] record) {
        try {
            exchange(rig).merge(record, clock(rig));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, -1, 0, 1, 60})
    void whatChangesOnOneNodeChangesOnTheOtherUnderAnyClock(int skew) {
        Pair pair = new Pair(skew);
        pair.here.put(A, firing("X", pair.here.now(), pair.here.now()));
        assertThat(pair.there.fires("X")).isTrue();
        pair.advance(Duration.ofSeconds(100));
        assertThat(pair.there.fires("X")).isTrue();

        pair.here.put(A, resolved("X", ZERO, pair.here.now(), pair.here.now()));

        assertThat(pair.there.fires("X")).isFalse();
        assertThat(pair.same()).isTrue();
        assertThat(pair.there.heard.stored).hasSize(2);
    }

    @Test
    void clocksThatAgreeMakeEqualCopies() {
        Pair pair = new Pair(1);
        pair.here.put(A, firing("X", ZERO, ZERO));
        pair.here.put(AMTOOL, firing("Y", ZERO, ZERO));

        assertThat(pair.there.stored("X")).isEqualTo(pair.here.stored("X"));
        assertThat(pair.there.stored("Y")).isEqualTo(pair.here.stored("Y"));
    }

    @Test
    void anUnchangedAlertIsToldSeldomAndNeverEndsOnTheOtherNode() {
        Pair pair = new Pair(60);
        for (int minute = 0; minute < 60; minute++) {
            pair.here.put(A, firing("X", ZERO, pair.here.now()));
            for (int second = 0; second < 60; second++) {
                assertThat(pair.there.fires("X")).isTrue();
                pair.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(pair.told).isBetween(2, 30);
    }

    @Test
    void aPairThatPostsToBothNodesEndsTheAlertOnceOnBoth() {
        Pair pair = new Pair(30);
        for (int minute = 0; minute < 5; minute++) {
            pair.here.put(A, firing("X", ZERO, pair.here.now()));
            pair.there.put(B, firing("X", ZERO, pair.there.now()));
            pair.advance(Duration.ofMinutes(1));
        }
        pair.here.put(A, resolved("X", ZERO, pair.here.now(), pair.here.now()));
        assertThat(pair.here.fires("X")).isTrue();
        assertThat(pair.there.fires("X")).isTrue();

        pair.there.put(B, resolved("X", ZERO, pair.there.now(), pair.there.now()));

        assertThat(pair.here.fires("X")).isFalse();
        assertThat(pair.there.fires("X")).isFalse();
    }

    @Test
    void theAnswerWaitsForThePeers() {
        Pair pair = new Pair(0);
        assertThat(pair.here.put(A, firing("X", ZERO, ZERO))).isFalse();
        boolean[] answered = new boolean[1];
        pair.here.store.put(List.of(firing("Y", ZERO, ZERO)), A, () -> answered[0] = true);
        pair.waiting.forEach(Runnable::run);
        assertThat(answered[0]).isFalse();
        pair.here.time.settle();
        assertThat(answered[0]).isTrue();
    }

    @Test
    void nodesThatWereApartAgreeAfterAnExchange() {
        Pair pair = new Pair(-30);
        pair.here.put(A, firing("X", ZERO, ZERO));
        pair.connected = false;
        pair.advance(Duration.ofMinutes(1));
        pair.here.put(A, resolved("X", ZERO, pair.here.now(), pair.here.now()));
        pair.there.put(B, firing("Y", ZERO, pair.there.now()));
        assertThat(pair.same()).isFalse();

        pair.exchangeAll();

        assertThat(pair.same()).isTrue();
        assertThat(pair.there.fires("X")).isFalse();
        assertThat(pair.here.fires("Y")).isTrue();
        assertThat(pair.here.disk.kill()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, -1, 0, 1, 60})
    void whatAPeerToldSurvivesAKillByThisNodesClock(int skew) {
        Pair pair = new Pair(skew);
        pair.here.put(A, firing("X", ZERO, ZERO), firing("Y", ZERO, ZERO));
        pair.there.time.settle();
        Instant end = pair.there.stored("X").endsAt();
        pair.there.killFor(Duration.ofSeconds(1));

        assertThat(pair.there.fires("X")).isTrue();
        assertThat(pair.there.fires("Y")).isTrue();
        // The end moves on by the time in which nobody could say that it does.
        assertThat(Duration.between(end, pair.there.stored("X").endsAt()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(2));
    }

    @Test
    void aPeersRecordOfNewsIsWrittenAsItIsAndOnlyThatOfNews() {
        Pair pair = new Pair(0);
        pair.connected = false;
        pair.here.put(A, firing("X", ZERO, ZERO), firing("Y", ZERO, ZERO));
        BitSet all = new BitSet();
        all.set(0, Buckets.COUNT);
        byte[] record = exchange(pair.here).pages(all).next();
        merge(pair.there, record);
        pair.there.time.settle();
        assertThat(pair.there.counts.last).isSameAs(record);

        pair.here.put(A, firing("Z", ZERO, ZERO));
        byte[] more = exchange(pair.here).pages(all).next();
        merge(pair.there, more);
        pair.there.time.settle();
        assertThat(pair.there.counts.last).isNotSameAs(more).hasSizeLessThan(more.length);
        pair.there.killFor(Duration.ZERO);
        assertThat(pair.there.fires("X")).isTrue();
        assertThat(pair.there.fires("Z")).isTrue();
    }

    @Test
    void aResolveThatWasMissedInADowntimeIsNotUndoneByTheRestart() {
        Pair pair = new Pair(0);
        pair.here.put(A, firing("X", ZERO, ZERO));
        pair.there.time.settle();
        pair.connected = false;
        pair.advance(Duration.ofSeconds(30));
        pair.here.put(A, resolved("X", ZERO, pair.here.now(), pair.here.now()));
        pair.here.time.advance(Duration.ofMinutes(2));
        pair.there.killFor(Duration.ofMinutes(2));
        assertThat(pair.there.fires("X")).isTrue();

        pair.exchangeAll();

        assertThat(pair.there.fires("X")).isFalse();
        assertThat(pair.here.fires("X")).isFalse();
    }

    @Test
    void aNodeThatNobodyMayReachInfersNoEnd() {
        Pair pair = new Pair(0);
        pair.here.put(A, firing("X", ZERO, ZERO));
        pair.here.put(AMTOOL, Alerts.alert(firing("Y", ZERO, ZERO).labels(), ZERO, ZERO.plusSeconds(300), ZERO, true));
        pair.there.store.holdInferredEnds(true);
        for (int i = 0; i < 700; i++) {
            pair.advance(Duration.ofSeconds(1));
            assertThat(pair.there.fires("X")).isTrue();
            assertThat(pair.there.fires("Y")).isTrue();
        }
        assertThat(pair.here.fires("X")).isFalse();

        pair.exchangeAll();
        pair.there.store.holdInferredEnds(false);
        pair.advance(Duration.ofSeconds(20));

        assertThat(pair.here.fires("X")).isFalse();
        assertThat(pair.there.fires("X")).isFalse();
        assertThat(pair.there.stored("X").endsAt()).isEqualTo(ZERO.plusSeconds(240));
        assertThat(pair.there.fires("Y")).isFalse();
    }

    @Test
    void aNodeThatNobodyMayReachBelievesWhatItIsTold() {
        Pair pair = new Pair(0);
        pair.here.put(A, firing("X", ZERO, ZERO));
        pair.here.store.holdInferredEnds(true);
        pair.advance(Duration.ofMinutes(10));
        assertThat(pair.here.fires("X")).isTrue();

        pair.here.put(A, resolved("X", ZERO, pair.here.now(), pair.here.now()));

        assertThat(pair.here.fires("X")).isFalse();
    }

    @Test
    void whatWasLoadedAfterALongTimeCanBeForgotten() {
        Pair pair = new Pair(0);
        pair.here.put(A, firing("X", ZERO, ZERO));
        pair.here.put(
                AMTOOL, Alerts.alert(firing("Y", ZERO, ZERO).labels(), ZERO, ZERO.plusSeconds(99_999), ZERO, false));
        pair.here.time.settle();
        pair.here.killFor(Duration.ofHours(1));
        assertThat(pair.here.store.downtime()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        pair.here.put(A, firing("Z", ZERO, pair.here.now()));

        pair.here.store.forgetLoaded();

        assertThat(pair.here.store.size()).isEqualTo(1);
        assertThat(pair.here.fires("Z")).isTrue();
        pair.here.time.settle();
        pair.here.killFor(Duration.ZERO);
        assertThat(pair.here.store.size()).isEqualTo(1);
    }

    @Test
    void anExchangeThatIsBrokenOffGoesOnWhereItStopped() throws IOException {
        Pair pair = new Pair(0);
        pair.connected = false;
        Alert[] many = new Alert[5000];
        for (int i = 0; i < many.length; i++) {
            many[i] = firing("X" + i, ZERO, ZERO);
        }
        pair.here.put(A, many);
        BitSet all = new BitSet();
        all.set(0, Buckets.COUNT);
        Iterator<byte[]> pages = exchange(pair.here).pages(all);
        for (int page = 0; page < 5; page++) {
            merge(pair.there, pages.next());
        }

        long[] here = exchange(pair.here).digest().sums();
        long[] there = exchange(pair.there).digest().sums();
        BitSet missing = new BitSet();
        for (int i = 0; i < here.length; i++) {
            missing.set(i, here[i] != there[i]);
        }
        assertThat(missing.cardinality()).isBetween(1, Buckets.COUNT * 6 / 10);
        exchange(pair.here).pages(missing).forEachRemaining(record -> merge(pair.there, record));
        assertThat(pair.same()).isTrue();
    }

    @Test
    void pagesAreBoundedInAlertsAndInBytes() {
        StoreRig rig = new StoreRig();
        Alert[] alerts = new Alert[1100];
        for (int i = 0; i < alerts.length; i++) {
            alerts[i] = firing("x".repeat(i < 50 ? 20_000 : 1) + i, ZERO, ZERO);
        }
        rig.put(A, alerts);
        BitSet all = new BitSet();
        all.set(0, Buckets.COUNT);
        StoreRig other = new StoreRig();
        int[] pages = new int[1];
        exchange(rig).pages(all).forEachRemaining(page -> {
            assertThat(page.length).isLessThan(600_000);
            merge(other, page);
            pages[0]++;
        });

        assertThat(pages[0]).isBetween(4, 12);
        assertThat(other.store.size()).isEqualTo(1100);
        assertThat(exchange(other).pages(new BitSet())).isExhausted();
    }

    @Test
    void aPostThatOverruledAllSourcesIsRememberedWhenASourceHasPostedSince() {
        Pair pair = new Pair(0);
        pair.here.put(A, firing("X", ZERO, ZERO));
        byte[] old = exchange(pair.here).encode(List.of(pair.here.stored("X")));
        pair.advance(Duration.ofSeconds(10));
        pair.here.put(AMTOOL, resolved("X", ZERO, pair.here.now(), pair.here.now()));
        pair.advance(Duration.ofSeconds(10));
        pair.here.put(B, resolved("X", ZERO, pair.here.now(), pair.here.now()));
        assertThat(pair.there.fires("X")).isFalse();

        pair.there.time.settle();
        pair.there.killFor(Duration.ZERO);
        merge(pair.there, old);

        assertThat(pair.there.fires("X")).isFalse();
    }

    @Test
    void anythingElseIsRefused() {
        StoreRig rig = new StoreRig();
        rig.put(A, firing("X", ZERO, ZERO));
        byte[] good = exchange(rig).encode(List.of(rig.stored("X")));
        assertThatThrownBy(() -> exchange(rig).merge(new byte[] {1, 2, 3}, clock(rig)))
                .isInstanceOf(IOException.class);
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            byte[] noisy = good.clone();
            noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
            noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
            try {
                exchange(rig).merge(noisy, clock(rig));
            } catch (IOException refused) {
                assertThat(refused).hasMessageStartingWith("not a record of alerts");
            }
        }
    }
}
