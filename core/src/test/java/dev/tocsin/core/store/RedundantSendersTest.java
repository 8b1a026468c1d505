package dev.tocsin.core.store;

import static dev.tocsin.core.store.Alerts.A;
import static dev.tocsin.core.store.Alerts.AMTOOL;
import static dev.tocsin.core.store.Alerts.B;
import static dev.tocsin.core.store.Alerts.alert;
import static dev.tocsin.core.store.Alerts.firing;
import static dev.tocsin.core.store.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.label.LabelSet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes of an alert that two Prometheus servers report, each in its own time. */
class RedundantSendersTest {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final StoreRig rig = new StoreRig();
    private final Instant start = rig.now();

    private void fire(AlertSource source) {
        rig.put(source, firing("X", start, rig.now()));
    }

    private void resolve(AlertSource source) {
        rig.put(source, resolved("X", start, rig.now(), rig.now()));
    }

    private void other(AlertSource source) {
        rig.put(source, firing("Other", start, rig.now()));
    }

    private void pass(Duration time) {
        rig.time.advance(time);
    }

    @Test
    void theFirstResolveOfAPairResolvesNothing() {
        fire(A);
        pass(Duration.ofSeconds(20));
        fire(B);
        pass(Duration.ofSeconds(30));
        resolve(A);
        pass(Duration.ofSeconds(10));
        assertThat(rig.fires("X")).isTrue();
        pass(Duration.ofSeconds(10));
        resolve(B);
        assertThat(rig.fires("X")).isFalse();
        assertThat(rig.stored("X").startsAt()).isEqualTo(start);
        assertThat(rig.stored("X").endsAt()).isEqualTo(rig.now());
    }

    @Test
    void withoutSourcesTheFirstResolveCountsAsInAlertmanager() {
        StoreRig plain = new StoreRig(new AlertStoreOptions(Duration.ofMinutes(30), 0, false, false));
        plain.put(A, firing("X", start, plain.now()));
        plain.put(B, firing("X", start, plain.now()));
        plain.time.advance(Duration.ofSeconds(30));
        plain.put(A, resolved("X", start, plain.now(), plain.now()));
        assertThat(plain.fires("X")).isFalse();
    }

    @Test
    void aResolveThatIsSentAgainDoesNotEndTheNextEpisodeOfTheOther() {
        fire(A);
        fire(B);
        Instant end = rig.now().plusSeconds(60);
        pass(Duration.ofSeconds(60));
        resolve(A);
        resolve(B);
        pass(PERIOD);
        Instant again = rig.now();
        rig.put(A, firing("X", again, again));
        pass(Duration.ofSeconds(5));
        rig.put(B, resolved("X", start, end, rig.now()));
        assertThat(rig.fires("X")).isTrue();
        assertThat(rig.stored("X").startsAt()).isEqualTo(again);
    }

    @Test
    void eachSourceExpiresByItself() {
        fire(A);
        pass(Duration.ofMinutes(2));
        fire(B);
        pass(Duration.ofMinutes(3));
        assertThat(rig.fires("X")).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void aRestartOfOneResolvesNothingAndItsLaterStartIsNotTheStart() {
        fire(A);
        fire(B);
        for (int i = 0; i < 10; i++) {
            pass(PERIOD);
            fire(B);
            assertThat(rig.fires("X")).isTrue();
        }
        rig.put(A, firing("X", rig.now(), rig.now()));
        assertThat(rig.stored("X").startsAt()).isEqualTo(start);
        resolve(B);
        assertThat(rig.fires("X")).isTrue();
        resolve(A);
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void aSourceThatPostsOnWithoutTheAlertDoesNotHoldUpTheOthersResolve() {
        fire(A);
        fire(B);
        pass(PERIOD);
        fire(A);
        fire(B);
        pass(Duration.ofSeconds(30));
        resolve(B);
        // A was restarted and has nothing to say about X, but posts other alerts.
        pass(Duration.ofSeconds(60));
        other(A);
        pass(Duration.ofSeconds(5));
        assertThat(rig.fires("X")).isTrue();
        pass(Duration.ofSeconds(30));
        other(A);
        int before = rig.heard.stored.size();
        pass(Duration.ofSeconds(5));
        assertThat(rig.fires("X")).isFalse();
        assertThat(rig.heard.stored.size()).isEqualTo(before + 1);
        assertThat(rig.stored("X").endsAt()).isEqualTo(start.plusSeconds(90));
    }

    @Test
    void silenceAloneResolvesNothingBeforeItsTime() {
        fire(A);
        fire(B);
        pass(PERIOD);
        fire(A);
        fire(B);
        pass(Duration.ofMinutes(3));
        other(A);
        other(B);
        pass(Duration.ofSeconds(30));
        assertThat(rig.fires("X")).isTrue();
        pass(Duration.ofSeconds(30));
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void aPersonsResolveCountsUntilASourcePostsAgain() {
        fire(A);
        fire(B);
        pass(Duration.ofSeconds(30));
        resolve(AMTOOL);
        assertThat(rig.fires("X")).isFalse();
        pass(Duration.ofSeconds(30));
        fire(A);
        assertThat(rig.fires("X")).isTrue();
    }

    @Test
    void aSingleSourceMergesAsTheContractSays() {
        Instant end = rig.now().plus(Duration.ofHours(1));
        rig.put(AMTOOL, alert(LabelSet.of("alertname", "X"), start, end, rig.now(), false));
        fire(A);
        assertThat(rig.stored("X").endsAt()).isEqualTo(end);
        pass(PERIOD);
        fire(A);
        assertThat(rig.stored("X").endsAt()).isEqualTo(end);
        resolve(A);
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void theTextsAreThoseOfTheLatestSourceThatLetsItFire() {
        fire(A);
        Alert told = firing("X", start, rig.now());
        rig.put(
                B,
                new Alert(
                        told.labels(),
                        LabelSet.of("summary", "by B"),
                        told.startsAt(),
                        told.startsAtOffset(),
                        told.endsAt(),
                        told.endsAtOffset(),
                        told.updatedAt(),
                        told.generatorUrl(),
                        false));
        assertThat(rig.stored("X").annotations()).isEqualTo(LabelSet.of("summary", "by B"));
        pass(Duration.ofSeconds(30));
        resolve(A);
        assertThat(rig.stored("X").annotations()).isEqualTo(LabelSet.of("summary", "by B"));
        assertThat(rig.stored("X").updatedAt()).isEqualTo(rig.now());
    }
}
