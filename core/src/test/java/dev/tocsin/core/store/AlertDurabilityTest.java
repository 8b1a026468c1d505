package dev.tocsin.core.store;

import static dev.tocsin.core.store.Alerts.A;
import static dev.tocsin.core.store.Alerts.AMTOOL;
import static dev.tocsin.core.store.Alerts.B;
import static dev.tocsin.core.store.Alerts.alert;
import static dev.tocsin.core.store.Alerts.firing;
import static dev.tocsin.core.store.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertDurabilityTest {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final StoreRig rig = new StoreRig();
    private final Instant start = rig.now();

    @Test
    void anAnsweredAlertSurvivesAKillWithAllItsParts() {
        Alert posted = firing("X", start, rig.now());
        assertThat(rig.put(AMTOOL, posted)).isTrue();
        rig.killFor(Duration.ZERO);
        assertThat(rig.stored("X")).isEqualTo(posted);
    }

    @Test
    void anEndThatASourceWouldHaveMovedMovesByTheDowntime() {
        Alert posted = firing("X", start, rig.now());
        rig.put(A, posted);
        rig.time.advance(Duration.ofSeconds(20));
        rig.killFor(Duration.ofHours(1));
        assertThat(rig.fires("X")).isTrue();
        assertThat(rig.stored("X").endsAt()).isEqualTo(posted.endsAt().plus(Duration.ofHours(1)));
        rig.time.advance(Duration.ofMinutes(4));
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void aSecondKillRightAfterTheFirstOneDoesNotTakeTheMovedEndBack() {
        rig.put(A, firing("X", start, rig.now()));
        rig.killFor(Duration.ofHours(1));
        rig.time.advance(Duration.ofSeconds(30));
        rig.killFor(Duration.ofHours(1));
        assertThat(rig.fires("X")).isTrue();
    }

    @Test
    void anExplicitEndIsBelieved() {
        rig.put(AMTOOL, firing("X", start, rig.now()));
        rig.killFor(Duration.ofMinutes(5));
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void whatHadEndedBeforeStaysEnded() {
        rig.put(A, firing("X", start, rig.now()));
        rig.time.advance(Duration.ofMinutes(5));
        rig.killFor(Duration.ofMinutes(10));
        assertThat(rig.fires("X")).isFalse();
        assertThat(rig.stored("X").endsAt()).isEqualTo(start.plus(Duration.ofMinutes(4)));
    }

    @Test
    void sourcesAreRememberedAcrossAKill() {
        rig.put(A, firing("X", start, rig.now()));
        rig.put(B, firing("X", start, rig.now()));
        rig.killFor(Duration.ofSeconds(3));
        rig.put(A, resolved("X", start, rig.now(), rig.now()));
        assertThat(rig.fires("X")).isTrue();
        rig.put(B, resolved("X", start, rig.now(), rig.now()));
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void aResolveSurvivesAKill() {
        rig.put(A, firing("X", start, rig.now()));
        rig.time.advance(PERIOD);
        rig.put(A, resolved("X", start, rig.now(), rig.now()));
        rig.killFor(Duration.ofSeconds(1));
        assertThat(rig.fires("X")).isFalse();
    }

    @Test
    void reSendsOfAnUnchangedAlertCostFewRecords() {
        StoreRig quiet = new StoreRig();
        quiet.put(A, firing("X", start, quiet.now()));
        int posts = 60;
        int written = 0;
        for (int i = 0; i < posts; i++) {
            quiet.time.advance(PERIOD);
            boolean[] answered = new boolean[1];
            quiet.store.put(List.of(firing("X", start, quiet.now())), A, () -> answered[0] = true);
            written += answered[0] ? 0 : 1;
            quiet.time.settle();
            assertThat(answered[0]).isTrue();
            if (i % 7 == 0) {
                quiet.killFor(Duration.ZERO);
                assertThat(quiet.fires("X")).isTrue();
            }
        }
        assertThat(written).isBetween(1, posts / 2);
    }

    @Test
    void anAlertThatBeganAgainWithoutAnEndThatThisNodeBelievedCostsARecordOnce() {
        rig.put(A, firing("X", start, rig.now()));
        rig.time.advance(PERIOD);
        // the sender's clock is ahead: the end that it tells has not passed here, and is not believed
        Instant ahead = rig.now().plusSeconds(30);
        rig.put(A, resolved("X", start, ahead, rig.now()));
        int before = rig.counts.appends;
        rig.time.advance(Duration.ofSeconds(4));
        rig.put(A, firing("X", ahead.plusSeconds(4), rig.now()));
        assertThat(rig.counts.appends).isEqualTo(before + 1);
        rig.time.advance(Duration.ofSeconds(4));
        rig.put(A, firing("X", ahead.plusSeconds(4), rig.now()));
        assertThat(rig.counts.appends).isEqualTo(before + 1);
    }

    @Test
    void aRepeatedResolveCostsNoRecord() {
        rig.put(A, firing("X", start, rig.now()));
        rig.time.advance(PERIOD);
        Instant end = rig.now();
        rig.put(A, resolved("X", start, end, rig.now()));
        int before = rig.counts.appends;
        rig.time.advance(Duration.ofSeconds(5));
        rig.put(A, resolved("X", start, end, rig.now()));
        assertThat(rig.counts.appends).isEqualTo(before);
    }

    @Test
    void aDiskThatFailsKeepsNoAlertFromBeingStoredAnsweredAndCounted() {
        rig.disk.failWith("No space left on device");
        assertThat(rig.put(AMTOOL, firing("X", start, rig.now()))).isTrue();
        assertThat(rig.fires("X")).isTrue();
        assertThat(rig.heard.stored).hasSize(1);
        assertThat(rig.counted("tocsin_alerts_unwritten_total")).isEqualTo(1);
        rig.disk.failWith(null);
        rig.time.advance(Duration.ofMinutes(2));
        rig.killFor(Duration.ZERO);
        assertThat(rig.fires("X")).isTrue();
    }

    @Test
    void aLogThatHasGrownIsReplacedByItsContent() {
        String text = "x".repeat(100_000);
        for (int i = 0; i < 200; i++) {
            rig.put(
                    AMTOOL,
                    alert(
                            LabelSet.of("alertname", "X", "text", text),
                            start.plusSeconds(i),
                            start.plusSeconds(900 + i),
                            rig.now(),
                            false));
        }
        int before = rig.counts.rewrites;
        rig.time.advance(Duration.ofSeconds(20));
        assertThat(rig.counts.rewrites).isEqualTo(before + 1);
        assertThat(rig.counts.appends).isGreaterThan(200);
        rig.killFor(Duration.ZERO);
        assertThat(rig.store.firing(rig.now())).hasSize(1);
    }

    @Test
    void manyAlertsInOneBatchAllSurvive() {
        Alert[] batch = new Alert[1234];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = firing("X" + i, start, rig.now());
        }
        assertThat(rig.put(A, batch)).isTrue();
        rig.killFor(Duration.ofSeconds(2));
        assertThat(rig.store.firing(rig.now())).hasSize(batch.length);
    }

    @Test
    void longGoneAlertsAreNotLoaded() {
        rig.put(AMTOOL, firing("X", start, rig.now()));
        rig.time.advance(Duration.ofMinutes(29));
        rig.killFor(Duration.ofMinutes(20));
        assertThat(rig.store.size()).isEqualTo(1);
        rig.time.advance(Duration.ofMinutes(29));
        rig.killFor(Duration.ofMinutes(20));
        assertThat(rig.store.size()).isZero();
    }

    @Test
    void aRecordThatIsNoneStopsTheStart() throws IOException {
        rig.store.stop();
        try (Storage.RecordLog log = rig.disk.openLog("alerts", bytes -> {})) {
            log.append(new byte[] {(byte) 0xff, 1, 2}, Storage.Durability.WRITTEN, failure -> {});
            rig.time.settle();
        }
        assertThatThrownBy(() -> rig.killFor(Duration.ZERO))
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("the log \"alerts\" holds 1 records that are no alerts");
    }
}
