package dev.tocsin.cluster.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.TakeOver;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.VersionVector;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rows of PROTOCOL section 4 on three nodes: group wait 1 s, group interval 30 s; every alert reaches all nodes at once. */
class SharedTurnsTest {
    private static final GroupId ID = new GroupId("{}", "{}:{}");
    private static final LogKey KEY = new LogKey("{}:{}", "r", "webhook", 0);

    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));
    private final Map<Integer, List<Alert>> parcels = new HashMap<>();
    private final List<TurnNode> nodes = new ArrayList<>();
    private Instant start = time.now();

    private static RouteTree routes(String... groupBy) {
        return new RouteBuilder()
                .receiver("r")
                .groupBy(groupBy)
                .wait(Duration.ofSeconds(1))
                .interval(Duration.ofSeconds(30))
                .tree();
    }

    private void cluster(RouteTree routes, Rule... suspended) {
        for (String name : List.of("a", "b", "c")) {
            nodes.add(node(name, routes, suspended));
        }
        nodes.forEach(TurnNode::start);
        time.advance(Duration.ofSeconds(2));
        nodes.forEach(node -> node.members.configured("one"));
        time.advance(Duration.ofSeconds(1));
        start = time.now();
    }

    private TurnNode node(String name, RouteTree routes, Rule... suspended) {
        return new TurnNode(time, network, name, routes, parcels, Set.of(suspended));
    }

    private void at(double second) {
        time.advance(Duration.between(time.now(), start.plusMillis(Math.round(second * 1000))));
    }

    private Alert fire(String name) {
        Alert alert = TestAlert.firing(time.now(), "a", name);
        nodes.forEach(node -> node.put(alert));
        return alert;
    }

    /** The nodes, best-ranked first. */
    private List<TurnNode> ranked() {
        return nodes.getFirst().members.ranking(ID.groupKey()).stream()
                .map(name -> nodes.stream()
                        .filter(node -> node.context.node().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private static List<String> causes(TurnNode node) {
        return node.journal.stream()
                .filter(GroupEvent.TurnTaken.class::isInstance)
                .map(event -> ((GroupEvent.TurnTaken) event).cause())
                .toList();
    }

    @Test
    void theFirstInRankFlushesAtItsTickAndTheOthersHearOfIt() {
        cluster(routes());
        fire("1");
        at(1);
        List<TurnNode> ranked = ranked();
        assertThat(ranked.getFirst().flushes).hasSize(1);
        assertThat(ranked.get(1).group(ID).isDue()).isTrue();
        at(1.06);
        assertThat(ranked.get(1).group(ID).isDue()).isFalse();
        assertThat(ranked.get(2).group(ID).isDue()).isFalse();
        at(120);
        assertThat(ranked.getFirst().flushes).hasSize(4);
        assertThat(ranked.get(1).flushes).isEmpty();
        assertThat(ranked.get(2).flushes).isEmpty();
        assertThat(ranked.getFirst().nudges()).isZero();
    }

    @Test
    void whatTheFirstToldAsResolvedTheOthersForget() {
        cluster(routes());
        Alert first = fire("1");
        Alert second = fire("2");
        at(10);
        Alert end = TestAlert.resolved(first, time.now());
        nodes.forEach(node -> node.knownToFire.add(first.labels()));
        nodes.forEach(node -> node.put(end));
        at(31.1);
        for (TurnNode node : nodes) {
            assertThat(node.alerts(ID)).containsExactly(second);
        }
    }

    @Test
    void flushesOfAShortWhileTravelTogether() {
        cluster(routes("a"));
        for (int i = 0; i < 60; i++) {
            fire("name-" + i);
        }
        at(2);
        for (TurnNode node : nodes) {
            assertThat(node.heard.stream().filter(Envelope::hasTicksDone)).hasSize(2);
            assertThat(node.flushes).hasSizeBetween(10, 30);
        }
    }

    @Test
    void whoBecomesFirstFlushesWhatIsDueAtOnce() {
        cluster(routes());
        TurnNode owner = ranked().getFirst();
        owner.latency = Duration.ofSeconds(60);
        fire("1");
        at(1.5);
        owner.kill(network);
        at(2.5);
        TurnNode next = ranked().get(1);
        assertThat(next.flushes).hasSize(1);
        assertThat(next.flushes.getFirst().tick()).isEqualTo(start.plusSeconds(1));
        assertThat(causes(next)).containsExactly(TurnCause.FIRST.text());
        MetricValues values = new MetricValues(next.context.metrics());
        assertThat(values.value("tocsin_cluster_turns_taken_total", "first")).isEqualTo(1);
        assertThat(values.buckets("tocsin_cluster_failover_seconds"))
                .as("half a second after it was due, and not as late as one second")
                .containsExactly(0L, 0L, 0L, 1L, 1L, 1L, 1L, 1L, 1L, 1L);
        at(3);
        assertThat(ranked().get(2).group(ID).isDue()).isFalse();
    }

    @Test
    void aFlushThatFailedLeavesTheOthersWaitingUntilTheyTryThemselves() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        ranked.getFirst().ok = false;
        fire("1");
        at(8.9);
        assertThat(ranked.getFirst().nudges()).isEqualTo(6);
        assertThat(ranked.getFirst().flushes).hasSize(1);
        assertThat(ranked.get(1).flushes).isEmpty();
        assertThat(ranked.get(1).group(ID).isDue()).isTrue();
        at(9.3);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(causes(ranked.get(1))).containsExactly(TurnCause.SILENCE.text());
        at(10);
        assertThat(ranked.get(2).flushes).isEmpty();
        assertThat(ranked.get(2).group(ID).isDue()).isFalse();
    }

    @Test
    void aLostWordIsAskedForAfterTwoSeconds() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        ranked.get(1).deaf = true;
        fire("1");
        at(2.9);
        assertThat(ranked.get(1).group(ID).isDue()).isTrue();
        at(3.5);
        assertThat(ranked.getFirst().nudges()).isEqualTo(1);
        assertThat(ranked.get(1).group(ID).isDue()).isFalse();
        assertThat(ranked.getFirst().flushes).hasSize(1);
        assertThat(ranked.get(1).group(ID).nextDueNanos())
                .isBetween(
                        ranked.getFirst().group(ID).nextDueNanos() - 3_000_000,
                        ranked.getFirst().group(ID).nextDueNanos() + 3_000_000);
    }

    @Test
    void aBusyNodeIsAskedAgainAndOvertakenInTheEnd() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        ranked.getFirst().latency = Duration.ofSeconds(20);
        fire("1");
        at(8.9);
        assertThat(ranked.getFirst().nudges()).isEqualTo(6);
        assertThat(ranked.get(1).flushes).isEmpty();
        at(9.3);
        assertThat(ranked.get(1).flushes).hasSize(1);
    }

    @Test
    void whoHasPromisedWaitsAndBeginsWhenThePromiseEndsWithoutOutcome() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        ranked.getFirst().latency = Duration.ofSeconds(25);
        ranked.get(1).promised.all = true;
        ranked.get(2).promised.all = true;
        fire("1");
        at(15);
        assertThat(ranked.getFirst().nudges()).isZero();
        assertThat(ranked.get(1).flushes).isEmpty();
        ranked.get(1).promised.free(KEY);
        ranked.get(2).promised.free(KEY);
        at(15.2);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(causes(ranked.get(1))).containsExactly(TurnCause.FREED.text());
        assertThat(ranked.get(2).flushes).isEmpty();
        at(15.5);
        assertThat(ranked.get(2).flushes).isEmpty();
    }

    @Test
    void aNudgeBringsTheAlertsThatTheFirstLacks() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        Alert alert = TestAlert.firing(time.now().minusSeconds(5), "a", "1");
        ranked.get(1).put(alert);
        at(2.5);
        assertThat(ranked.getFirst().flushes)
                .singleElement()
                .satisfies(flush -> assertThat(flush.alerts()).containsExactly(alert));
        assertThat(ranked.get(1).flushes).isEmpty();
        assertThat(ranked.get(1).group(ID).isDue()).isFalse();
    }

    @Test
    void aGroupThatOnlyTheNewerConfigurationMakesIsFlushedAfterTheQuestion() {
        cluster(routes());
        GroupId id = new GroupId("{}/{a=\"1\"}/0", "{}/{a=\"1\"}:{}");
        String first = nodes.getFirst().members.ranking(id.groupKey()).getFirst();
        TurnNode newer = nodes.stream()
                .filter(node -> !node.context.node().equals(first))
                .findFirst()
                .orElseThrow();
        newer.reload(
                new RouteBuilder()
                        .receiver("r")
                        .child(new RouteBuilder().match("a", "1").wait(Duration.ofSeconds(1)))
                        .tree(),
                "two");
        fire("1");
        at(3.5);
        assertThat(newer.flushes)
                .singleElement()
                .satisfies(flush -> assertThat(flush.groupKey()).isEqualTo(id.groupKey()));
        assertThat(causes(newer)).containsExactly(TurnCause.CONFIGURATION.text());
    }

    @Test
    void aGroupThatOnlyTheOlderConfigurationMakesWaitsForTheReload() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        TurnNode owner = ranked.getFirst();
        owner.reload(
                new RouteBuilder()
                        .receiver("r")
                        .child(new RouteBuilder().match("a", "1"))
                        .tree(),
                "two");
        at(0.5);
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        ranked.get(1).put(alert);
        at(61);
        assertThat(ranked.get(1).flushes).isEmpty();
        at(62);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(causes(ranked.get(1))).containsExactly(TurnCause.SILENCE.text());
    }

    @Test
    void aFlushUnderAnOlderConfigurationDoesNotSpareTheNewer() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        ranked.get(1).reload(routes(), "two");
        at(0.5);
        fire("1");
        at(2);
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(causes(ranked.get(1))).containsExactly(TurnCause.CONFIGURATION.text());
        assertThat(ranked.get(2).flushes).isEmpty();
        assertThat(ranked.getFirst().flushes).hasSize(1);
    }

    @Test
    void whoIsAskedToTakeOverFlushesWhatWasNotToldSince() {
        cluster(routes());
        List<TurnNode> ranked = ranked();
        ranked.getFirst().latency = Duration.ofSeconds(25);
        fire("1");
        at(1.5);
        TakeOver.Builder takeOver = TakeOver.newBuilder()
                .setGroupKey(ID.groupKey())
                .setReceiver("r")
                .setTickAgeMs(500);
        assertThat(ranked.get(1)
                        .turns
                        .take("x", Envelope.newBuilder().setTakeOver(takeOver).build()))
                .isTrue();
        assertThat(ranked.get(1).flushes).hasSize(1);
        assertThat(causes(ranked.get(1))).containsExactly(TurnCause.TAKE_OVER.text());
        at(1.6);
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
        cluster(routes());
        Alert alert = fire("1");
        at(40);
        TurnNode owner = ranked().getFirst();
        TurnNode joining = node("d", routes());
        joining.members.configured("one");
        joining.put(TestAlert.of(alert.labels(), alert.startsAt(), alert.endsAt(), time.now()));
        at(41);
        assertThat(joining.group(ID).isDue()).isTrue();
        List<TickDone> page = new ArrayList<>();
        owner.turns.entries().forEachRemaining(page::add);
        joining.turns.learn("a", page);
        assertThat(joining.group(ID).isDue()).isFalse();
        assertThat(joining.group(ID).nextDueNanos()).isEqualTo(owner.group(ID).nextDueNanos());
        assertThat(joining.turns.entries().hasNext()).isFalse();
        joining.start();
        at(55);
        assertThat(joining.flushes).isEmpty();
    }

    @Test
    void aNodeThatWasFirstWhileItWasColdFlushesWhatIsStillDueWhenItIsWarm() {
        TurnNode alone = node("a", routes());
        alone.put(TestAlert.firing(time.now(), "a", "1"));
        at(1.5);
        assertThat(alone.group(ID).isDue()).isTrue();
        alone.start();
        at(1.6);
        assertThat(alone.flushes).hasSize(1);
        assertThat(alone.flushes.getFirst().tick()).isEqualTo(start.plusSeconds(1));
    }

    @Test
    void anAlertThatAnotherNodeToldAsFiringAndThatHasEndedIsToldAgain() {
        cluster(routes());
        Alert end = TestAlert.resolved(TestAlert.firing(time.now().minusSeconds(60), "a", "1"), time.now());
        nodes.forEach(node -> node.put(end));
        at(2);
        nodes.forEach(node -> assertThat(node.dispatcher.find(ID)).isNull());
        nodes.forEach(node -> node.knownToFire.add(end.labels()));
        nodes.forEach(node -> node.log.merge(List.of(entry(end)), List.of()));
        at(2.5);
        TurnNode owner = ranked().getFirst();
        assertThat(owner.flushes)
                .singleElement()
                .satisfies(flush -> assertThat(flush.alerts()).containsExactly(end));
        nodes.forEach(node -> assertThat(node.dispatcher.find(ID)).isNull());
    }

    private LogEntry entry(Alert alert) {
        return new LogEntry(
                KEY,
                7,
                VersionVector.EMPTY.with(9, 1),
                AlertHashes.of(AlertHash.of(alert.labels())),
                AlertHashes.EMPTY,
                Map.of(),
                time.now(),
                time.now().plusSeconds(3600),
                9,
                false);
    }

    @Test
    void withoutAdoptTheEndIsNeverTold() {
        cluster(routes(), Rule.ADOPT);
        Alert end = TestAlert.resolved(TestAlert.firing(time.now().minusSeconds(60), "a", "1"), time.now());
        nodes.forEach(node -> node.put(end));
        nodes.forEach(node -> node.knownToFire.add(end.labels()));
        nodes.forEach(node -> node.log.merge(List.of(entry(end)), List.of()));
        at(60);
        nodes.forEach(node -> assertThat(node.flushes).isEmpty());
    }

    @Test
    void withoutTickDoneEverybodyFlushesInTheEnd() {
        cluster(routes(), Rule.TICK_DONE);
        nodes.forEach(node -> node.latency = Duration.ofSeconds(20));
        fire("1");
        at(15);
        nodes.forEach(node -> assertThat(node.flushes).hasSize(1));
    }

    @Test
    void withoutEscalationASilentNodeIsWaitedForForEver() {
        cluster(routes(), Rule.NUDGE_AND_ESCALATE);
        List<TurnNode> ranked = ranked();
        ranked.getFirst().latency = Duration.ofHours(1);
        fire("1");
        at(600);
        assertThat(ranked.getFirst().nudges()).isZero();
        assertThat(ranked.get(1).flushes).isEmpty();
    }
}
