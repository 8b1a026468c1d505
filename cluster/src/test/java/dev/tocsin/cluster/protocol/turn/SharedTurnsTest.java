package dev.tocsin.cluster.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.TakeOver;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.route.RouteBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows of PROTOCOL section 4 on three nodes: group wait 1 s, group interval 30 s; every alert reaches all nodes at once. */
class SharedTurnsTest {
    private final TurnCluster turns = new TurnCluster();

    @Test
    void theFirstInRankFlushesAtItsTickAndTheOthersHearOfIt() {
        turns.cluster(TurnCluster.routes());
        turns.fire("1");
        turns.at(1);
        List<TurnNode> ranked = turns.ranked();
        assertThat(ranked.getFirst().flushes).hasSize(1);
        assertThat(ranked.get(1).group(TurnCluster.ID).isDue()).isTrue();
        turns.at(1.06);
        assertThat(ranked.get(1).group(TurnCluster.ID).isDue()).isFalse();
        assertThat(ranked.get(2).group(TurnCluster.ID).isDue()).isFalse();
        turns.at(120);
        assertThat(ranked.getFirst().flushes).hasSize(4);
        assertThat(ranked.get(1).flushes).isEmpty();
        assertThat(ranked.get(2).flushes).isEmpty();
        assertThat(ranked.getFirst().nudges()).isZero();
    }

    @Test
    void whatTheFirstToldAsResolvedTheOthersForget() {
        turns.cluster(TurnCluster.routes());
        Alert first = turns.fire("1");
        Alert second = turns.fire("2");
        turns.at(10);
        Alert end = TestAlert.resolved(first, turns.time.now());
        turns.nodes.forEach(node -> node.knownToFire.add(first.labels()));
        turns.nodes.forEach(node -> node.put(end));
        turns.at(31.1);
        for (TurnNode node : turns.nodes) {
            assertThat(node.alerts(TurnCluster.ID)).containsExactly(second);
        }
    }

    @Test
    void flushesOfAShortWhileTravelTogether() {
        turns.cluster(TurnCluster.routes("a"));
        for (int i = 0; i < 60; i++) {
            turns.fire("name-" + i);
        }
        turns.at(2);
        for (TurnNode node : turns.nodes) {
            assertThat(node.heard.stream().filter(Envelope::hasTicksDone)).hasSize(2);
            assertThat(node.flushes).hasSizeBetween(10, 30);
        }
    }

    @Test
    void whoBecomesFirstFlushesWhatIsDueAtOnce() {
        turns.cluster(TurnCluster.routes());
        TurnNode owner = turns.ranked().getFirst();
        owner.latency = Duration.ofSeconds(60);
        turns.fire("1");
        turns.at(1.5);
        owner.kill(turns.network);
        turns.at(2.5);
        TurnNode next = turns.ranked().get(1);
        assertThat(next.flushes).hasSize(1);
        assertThat(next.flushes.getFirst().tick()).isEqualTo(turns.start.plusSeconds(1));
        assertThat(TurnCluster.causes(next)).containsExactly(TurnCause.FIRST.text());
        MetricValues values = new MetricValues(next.context.metrics());
        assertThat(values.value("tocsin_cluster_turns_taken_total", "first")).isEqualTo(1);
        assertThat(values.buckets("tocsin_cluster_failover_seconds"))
                .as("half a second after it was due, and not as late as one second")
                .containsExactly(0L, 0L, 0L, 1L, 1L, 1L, 1L, 1L, 1L, 1L);
        turns.at(3);
        assertThat(turns.ranked().get(2).group(TurnCluster.ID).isDue()).isFalse();
    }

    @Test
    void whoBecomesFirstBetweenTwoTicksFlushesAtTheNextOneWithoutGrace() {
        turns.cluster(TurnCluster.routes());
        turns.fire("1");
        turns.at(5);
        turns.ranked().getFirst().kill(turns.network);
        TurnNode next = turns.ranked().get(1);
        turns.at(8);
        assertThat(next.group(TurnCluster.ID).hasGrace()).isFalse();
        turns.at(30.9);
        assertThat(next.flushes).isEmpty();
        turns.at(31.01);
        assertThat(next.flushes).hasSize(1);
    }

    @Test
    void whoBecomesFirstWithinTheGraceFlushesAtOnce() {
        turns.cluster(TurnCluster.routes());
        turns.fire("1");
        TurnNode next = turns.ranked().get(1);
        turns.at(31.02);
        assertThat(next.group(TurnCluster.ID).isDue()).isFalse();
        assertThat(next.group(TurnCluster.ID).hasGrace()).isTrue();
        turns.ranked().getFirst().kill(turns.network); // before it has told of its flush
        turns.at(31.05);
        assertThat(next.flushes).hasSize(1);
        assertThat(next.flushes.getFirst().tick())
                .isBetween(turns.start.plusMillis(30_990), turns.start.plusMillis(31_010));
        assertThat(TurnCluster.causes(next)).containsExactly(TurnCause.FIRST.text());
        MetricValues values = new MetricValues(next.context.metrics());
        assertThat(values.value("tocsin_cluster_turns_taken_total", "first")).isEqualTo(1);
        assertThat(values.value("tocsin_cluster_ticks_total", "own")).isZero();
        assertThat(values.buckets("tocsin_cluster_failover_seconds"))
                .as("a thirtieth of a second after it was due")
                .startsWith(1L);
    }

    @Test
    void howLateAFailoverIsCountsFromWhenTheGroupWasDueAndNotFromTheEndOfTheGrace() {
        turns.cluster(TurnCluster.routes());
        turns.fire("1");
        turns.at(5);
        TurnNode owner = turns.ranked().getFirst();
        owner.latency = Duration.ofSeconds(60);
        TurnNode next = turns.ranked().get(1);
        turns.at(31.4);
        assertThat(next.group(TurnCluster.ID).isDue()).isTrue();
        owner.kill(turns.network);
        turns.at(33);
        assertThat(TurnCluster.causes(next)).containsExactly(TurnCause.FIRST.text());
        assertThat(new MetricValues(next.context.metrics()).buckets("tocsin_cluster_failover_seconds"))
                .as("more than a quarter of a second")
                .startsWith(0L, 0L, 1L);
    }

    @Test
    void whoIsFirstWhenAGroupIsDueHasATurnOfItsOwn() {
        turns.cluster(TurnCluster.routes());
        turns.fire("1");
        turns.at(5);
        turns.ranked().getFirst().kill(turns.network);
        TurnNode next = turns.ranked().get(1);
        turns.at(32);
        assertThat(next.flushes).hasSize(1);
        assertThat(TurnCluster.causes(next)).isEmpty();
        MetricValues values = new MetricValues(next.context.metrics());
        assertThat(values.value("tocsin_cluster_ticks_total", "own")).isEqualTo(1);
    }

    @Test
    void aFlushThatFailedLeavesTheOthersWaitingUntilTheyTryThemselves() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.getFirst().ok = false;
        turns.fire("1");
        turns.at(8.9);
        assertThat(ranked.getFirst().nudges()).isEqualTo(6);
        assertThat(ranked.getFirst().flushes).hasSize(1);
        assertThat(ranked.get(1).flushes).isEmpty();
        assertThat(ranked.get(1).group(TurnCluster.ID).isDue()).isTrue();
        turns.at(9.3);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(TurnCluster.causes(ranked.get(1))).containsExactly(TurnCause.SILENCE.text());
        turns.at(10);
        assertThat(ranked.get(2).flushes).isEmpty();
        assertThat(ranked.get(2).group(TurnCluster.ID).isDue()).isFalse();
    }

    @Test
    void aLostWordIsAskedForAfterTwoSeconds() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.get(1).deaf = true;
        turns.fire("1");
        turns.at(2.9);
        assertThat(ranked.get(1).group(TurnCluster.ID).isDue()).isTrue();
        turns.at(3.5);
        assertThat(ranked.getFirst().nudges()).isEqualTo(1);
        assertThat(ranked.get(1).group(TurnCluster.ID).isDue()).isFalse();
        assertThat(ranked.getFirst().flushes).hasSize(1);
        assertThat(ranked.get(1).group(TurnCluster.ID).nextDueNanos())
                .isBetween(
                        ranked.getFirst().group(TurnCluster.ID).nextDueNanos() - 3_000_000,
                        ranked.getFirst().group(TurnCluster.ID).nextDueNanos() + 3_000_000);
    }

    @Test
    void aBusyNodeIsAskedAgainAndOvertakenInTheEnd() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.getFirst().latency = Duration.ofSeconds(20);
        turns.fire("1");
        turns.at(8.9);
        assertThat(ranked.getFirst().nudges()).isEqualTo(6);
        assertThat(ranked.get(1).flushes).isEmpty();
        turns.at(9.3);
        assertThat(ranked.get(1).flushes).hasSize(1);
    }

    @Test
    void whoHasPromisedWaitsAndBeginsWhenThePromiseEndsWithoutOutcome() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.getFirst().latency = Duration.ofSeconds(25);
        ranked.get(1).promised.all = true;
        ranked.get(2).promised.all = true;
        turns.fire("1");
        turns.at(15);
        assertThat(ranked.getFirst().nudges()).isZero();
        assertThat(ranked.get(1).flushes).isEmpty();
        ranked.get(1).promised.free(TurnCluster.KEY);
        ranked.get(2).promised.free(TurnCluster.KEY);
        turns.at(15.2);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(TurnCluster.causes(ranked.get(1))).containsExactly(TurnCause.FREED.text());
        assertThat(ranked.get(2).flushes).isEmpty();
        turns.at(15.5);
        assertThat(ranked.get(2).flushes).isEmpty();
    }

    @Test
    void aNudgeBringsTheAlertsThatTheFirstLacks() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        Alert alert = TestAlert.firing(turns.time.now().minusSeconds(5), "a", "1");
        ranked.get(1).put(alert);
        turns.at(2.5);
        assertThat(ranked.getFirst().flushes)
                .singleElement()
                .satisfies(flush -> assertThat(flush.alerts()).containsExactly(alert));
        assertThat(ranked.get(1).flushes).isEmpty();
        assertThat(ranked.get(1).group(TurnCluster.ID).isDue()).isFalse();
    }

    @Test
    void aGroupThatOnlyTheNewerConfigurationMakesIsFlushedAfterTheQuestion() {
        turns.cluster(TurnCluster.routes());
        GroupId id = new GroupId("{}/{a=\"1\"}/0", "{}/{a=\"1\"}:{}");
        String first = turns.nodes.getFirst().members.ranking(id.groupKey()).getFirst();
        TurnNode newer = turns.nodes.stream()
                .filter(node -> !node.context.node().equals(first))
                .findFirst()
                .orElseThrow();
        newer.reload(
                new RouteBuilder()
                        .receiver("r")
                        .child(new RouteBuilder().match("a", "1").wait(Duration.ofSeconds(1)))
                        .tree(),
                "two");
        turns.fire("1");
        turns.at(3.5);
        assertThat(newer.flushes)
                .singleElement()
                .satisfies(flush -> assertThat(flush.groupKey()).isEqualTo(id.groupKey()));
        assertThat(TurnCluster.causes(newer)).containsExactly(TurnCause.CONFIGURATION.text());
    }

    @Test
    void aGroupThatOnlyTheOlderConfigurationMakesWaitsForTheReload() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        TurnNode owner = ranked.getFirst();
        owner.reload(
                new RouteBuilder()
                        .receiver("r")
                        .child(new RouteBuilder().match("a", "1"))
                        .tree(),
                "two");
        turns.at(0.5);
        Alert alert = TestAlert.firing(turns.time.now(), "a", "1");
        ranked.get(1).put(alert);
        turns.at(61);
        assertThat(ranked.get(1).flushes).isEmpty();
        turns.at(62);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(TurnCluster.causes(ranked.get(1))).containsExactly(TurnCause.SILENCE.text());
    }

    @Test
    void aFlushUnderAnOlderConfigurationDoesNotSpareTheNewer() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.get(1).reload(TurnCluster.routes(), "two");
        turns.at(0.5);
        turns.fire("1");
        turns.at(2);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(TurnCluster.causes(ranked.get(1))).containsExactly(TurnCause.CONFIGURATION.text());
        assertThat(ranked.get(2).flushes).isEmpty();
        assertThat(ranked.getFirst().flushes).hasSize(1);
    }

    @Test
    void whoIsAskedToTakeOverFlushesWhatWasNotToldSince() {
        turns.cluster(TurnCluster.routes());
        List<TurnNode> ranked = turns.ranked();
        ranked.getFirst().latency = Duration.ofSeconds(25);
        turns.fire("1");
        turns.at(1.5);
        TakeOver.Builder takeOver = TakeOver.newBuilder()
                .setGroupKey(TurnCluster.ID.groupKey())
                .setReceiver("r")
                .setTickAgeMs(500);
        assertThat(ranked.get(1)
                        .turns
                        .take("x", Envelope.newBuilder().setTakeOver(takeOver).build()))
                .isTrue();
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(TurnCluster.causes(ranked.get(1))).containsExactly(TurnCause.TAKE_OVER.text());
        turns.at(1.6);
        ranked.get(2)
                .turns
                .take(
                        "x",
                        Envelope.newBuilder()
                                .setTakeOver(takeOver.setTickAgeMs(700))
                                .build());
        assertThat(ranked.get(2).flushes).isEmpty();
    }

    @Test
    void aNodeThatJoinsRingsWithTheOthers() {
        turns.cluster(TurnCluster.routes());
        Alert alert = turns.fire("1");
        turns.at(40);
        TurnNode owner = turns.ranked().getFirst();
        TurnNode joining = turns.node("d", TurnCluster.routes());
        joining.members.configured("one");
        joining.put(TestAlert.of(alert.labels(), alert.startsAt(), alert.endsAt(), turns.time.now()));
        turns.at(41);
        assertThat(joining.group(TurnCluster.ID).isDue()).isTrue();
        List<TickDone> page = new ArrayList<>();
        owner.turns.entries().forEachRemaining(page::add);
        joining.turns.learn("a", page);
        assertThat(joining.group(TurnCluster.ID).isDue()).isFalse();
        assertThat(joining.group(TurnCluster.ID).nextDueNanos())
                .isEqualTo(owner.group(TurnCluster.ID).nextDueNanos());
        assertThat(joining.turns.entries().hasNext()).isFalse();
        joining.start();
        turns.at(55);
        assertThat(joining.flushes).isEmpty();
    }

    @Test
    void aNodeThatWasFirstWhileItWasColdFlushesWhatIsStillDueWhenItIsWarm() {
        TurnNode alone = turns.node("a", TurnCluster.routes());
        alone.put(TestAlert.firing(turns.time.now(), "a", "1"));
        turns.at(1.5);
        assertThat(alone.group(TurnCluster.ID).isDue()).isTrue();
        alone.start();
        turns.at(1.6);
        assertThat(alone.flushes).hasSize(1);
        assertThat(alone.flushes.getFirst().tick()).isEqualTo(turns.start.plusSeconds(1));
    }

    @Test
    void anAlertThatAnotherNodeToldAsFiringAndThatHasEndedIsToldAgain() {
        turns.cluster(TurnCluster.routes());
        Alert end = TestAlert.resolved(TestAlert.firing(turns.time.now().minusSeconds(60), "a", "1"), turns.time.now());
        turns.nodes.forEach(node -> node.put(end));
        turns.at(2);
        turns.nodes.forEach(
                node -> assertThat(node.dispatcher.find(TurnCluster.ID)).isNull());
        turns.nodes.forEach(node -> node.knownToFire.add(end.labels()));
        turns.nodes.forEach(node -> node.log.merge(List.of(turns.entry(end)), List.of()));
        turns.at(2.5);
        TurnNode owner = turns.ranked().getFirst();
        assertThat(owner.flushes)
                .singleElement()
                .satisfies(flush -> assertThat(flush.alerts()).containsExactly(end));
        turns.nodes.forEach(
                node -> assertThat(node.dispatcher.find(TurnCluster.ID)).isNull());
    }
}
