package dev.tocsin.core.store;

import static dev.tocsin.core.store.Alerts.AMTOOL;
import static dev.tocsin.core.store.Alerts.firing;
import static dev.tocsin.core.store.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertStoreTest {
    private static final Duration GC = Duration.ofMinutes(30);

    private final StoreRig rig = new StoreRig();

    private static Alert numbered(int number, Instant end, Instant now) {
        return Alerts.alert(LabelSet.of("alertname", "X", "n", "" + number), now.minusSeconds(60), end, now, false);
    }

    @Test
    void tellsSubscribersOfEveryPostAndOfWhatWasThereBefore() {
        Alert first = firing("X", rig.now(), rig.now());
        rig.put(AMTOOL, first);
        rig.put(AMTOOL, first);
        assertThat(rig.heard.stored)
                .containsExactly(
                        new RecordingSubscriber.Stored(first, null), new RecordingSubscriber.Stored(first, first));
        assertThat(rig.counted("alertmanager_alerts_subscriber_channel_writes_total", "dispatcher"))
                .isEqualTo(2);
    }

    @Test
    void asksSubscribersInOrderUntilTheyLeave() {
        List<String> order = new ArrayList<>();
        Cancellable first = rig.store.subscribe("inhibitor", new Named("inhibitor", order));
        rig.store.subscribe("dispatcher", new Named("second", order));
        rig.put(AMTOOL, firing("X", rig.now(), rig.now()));
        first.cancel();
        rig.put(AMTOOL, firing("X", rig.now(), rig.now()));
        assertThat(order).containsExactly("inhibitor", "second", "second");
    }

    @Test
    void aSubscriberThatFailsOnOneAlertCostsNeitherTheOthersNorTheAnswer() {
        List<String> told = new ArrayList<>();
        rig.store.subscribe("broken", new Broken());
        rig.store.subscribe("dispatcher", new Named("told", told));
        rig.put(AMTOOL, firing("X", rig.now(), rig.now()), firing("Y", rig.now(), rig.now()));
        assertThat(told).containsExactly("told", "told");
        assertThat(rig.store.size()).isEqualTo(2);
    }

    private record Broken() implements AlertStore.Subscriber {
        @Override
        public void stored(Alert now, @org.jspecify.annotations.Nullable Alert before) {
            throw new StackOverflowError("an expression");
        }

        @Override
        public void removed(Alert alert) {}
    }

    private record Named(String name, List<String> order) implements AlertStore.Subscriber {
        @Override
        public void stored(Alert now, @org.jspecify.annotations.Nullable Alert before) {
            order.add(name);
        }

        @Override
        public void removed(Alert alert) {}
    }

    @Test
    void walksInTheOrderOfFingerprintsWithWhatWasStoredAndForgottenLast() {
        List<Alert> walked = new ArrayList<>();
        rig.put(AMTOOL, firing("X", rig.now(), rig.now()));
        rig.store.walk(null, walked::add);
        assertThat(walked).hasSize(1);
        rig.put(AMTOOL, firing("Y", rig.now(), rig.now()), firing("Z", rig.now(), rig.now()));
        walked.clear();
        rig.store.walk(null, walked::add);
        assertThat(walked)
                .hasSize(3)
                .isSortedAccordingTo((a, b) -> Long.compareUnsigned(a.fingerprint(), b.fingerprint()));
        List<Alert> rest = new ArrayList<>();
        rig.store.walk(walked.getFirst().fingerprint(), alert -> {
            rest.add(alert);
            return false;
        });
        assertThat(rest).containsExactly(walked.get(1));
        rig.time.advance(Duration.ofMinutes(5).plus(GC));
        rig.store.walk(null, alert -> {
            throw new AssertionError(alert + " is forgotten");
        });
    }

    @Test
    void forgetsResolvedAlertsAtTheNextCollectionOnly() {
        rig.put(AMTOOL, firing("X", rig.now(), rig.now()));
        rig.time.advance(Duration.ofMinutes(5));
        assertThat(rig.store.firing(rig.now())).isEmpty();
        assertThat(rig.store.size()).isEqualTo(1);
        rig.time.advance(GC);
        assertThat(rig.store.size()).isZero();
        assertThat(rig.heard.removed).hasSize(1);
    }

    @Test
    void keepsWhatFiresThroughCollections() {
        Alert hours = Alerts.alert(
                LabelSet.of("alertname", "X"), rig.now(), rig.now().plus(Duration.ofHours(9)), rig.now(), false);
        rig.put(AMTOOL, hours);
        rig.time.advance(Duration.ofHours(8));
        assertThat(rig.store.firing(rig.now())).containsExactly(hours);
    }

    @Test
    void anEmptyBatchIsAnsweredAtOnce() {
        boolean[] answered = new boolean[1];
        rig.store.put(List.of(), AMTOOL, () -> answered[0] = true);
        assertThat(answered[0]).isTrue();
    }

    @Test
    void theLimitDropsNewAlertsOfAFullNameAndUpdatesKnownOnes() {
        StoreRig limited = new StoreRig(new AlertStoreOptions(GC, 2, true, true));
        Instant now = limited.now();
        limited.put(
                AMTOOL,
                numbered(1, now.plusSeconds(600), now),
                numbered(2, now.plusSeconds(60), now),
                numbered(3, now.plusSeconds(900), now),
                firing("Other", now, now));
        assertThat(limited.store.size()).isEqualTo(3);
        assertThat(limited.counted("alertmanager_alerts_limited_total", "X")).isEqualTo(1);
        limited.put(AMTOOL, numbered(1, now.plusSeconds(700), now));
        assertThat(limited.heard.stored).hasSize(4);
    }

    @Test
    void theLimitGivesThePlaceOfAnEndedAlertAwayOnlyWhenItsEndIsPast() {
        StoreRig limited = new StoreRig(new AlertStoreOptions(GC, 2, false, true));
        Instant now = limited.now();
        limited.put(AMTOOL, numbered(1, now.plusSeconds(600), now), numbered(2, now.plusSeconds(60), now));
        limited.time.advance(Duration.ofSeconds(60));
        limited.put(AMTOOL, numbered(3, now.plusSeconds(900), limited.now()));
        assertThat(limited.store.size()).isEqualTo(3);
        limited.put(AMTOOL, numbered(4, now.plusSeconds(900), limited.now()));
        assertThat(limited.store.size()).isEqualTo(3);
        assertThat(limited.counted("alertmanager_alerts_limited_total")).isEqualTo(1);
    }

    @Test
    void collectionFreesThePlacesOfTheLimit() {
        StoreRig limited = new StoreRig(new AlertStoreOptions(GC, 1, false, true));
        limited.put(AMTOOL, firing("X", limited.now(), limited.now()));
        limited.time.advance(GC);
        assertThat(limited.store.size()).isZero();
        limited.put(AMTOOL, firing("X", limited.now(), limited.now()));
        assertThat(limited.fires("X")).isTrue();
    }

    @Test
    void aResolveOfAnUnknownAlertIsStored() {
        rig.put(AMTOOL, resolved("X", rig.now().minusSeconds(60), rig.now().minusSeconds(1), rig.now()));
        assertThat(rig.fires("X")).isFalse();
        assertThat(rig.heard.stored).hasSize(1);
    }
}
