package dev.tocsin.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Hello;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is a member, and who is not any more. */
class MemberTableTest {
    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));
    private final Map<String, MemberNode> nodes = new HashMap<>();

    private MemberNode node(String name, long replica, int incarnation, MemoryStorage storage) {
        MemberNode node = new MemberNode(time, network, name, replica, incarnation, storage, Set.of());
        nodes.put(name, node);
        return node;
    }

    private MemberTable start(String name) {
        MemberNode node = node(name, name.charAt(0), 1, new MemoryStorage(time));
        node.start();
        return node.members;
    }

    private void threeNodes() {
        start("a");
        start("b");
        start("c");
        time.advance(Duration.ofSeconds(1));
    }

    private MemberNode node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private MemberTable table(String name) {
        return node(name).members;
    }

    @Test
    void nodesThatMeetAreLiveKnownAndEligibleForEachOther() {
        threeNodes();
        for (String name : List.of("a", "b", "c")) {
            assertThat(table(name).live()).containsExactly("a", "b", "c");
            assertThat(table(name).known()).containsExactly("a", "b", "c");
            assertThat(table(name).eligible("group")).isEqualTo(table("a").eligible("group"));
            assertThat(table(name).eligible("group")).containsExactlyInAnyOrder("a", "b", "c");
        }
        assertThat(table("a").peers())
                .extracting(peer -> peer.name() + " " + peer.address())
                .containsExactly("b b:9094", "c c:9094");
    }

    @Test
    void aPeerWhoseHelloCameBeforeTheConnectionToItIsAskedAgainAtOnce() {
        threeNodes();
        node("c").journal.clear();
        table("c").connected("a");
        time.advance(Duration.ofSeconds(1));
        assertThat(table("c").live()).containsExactly("a", "b", "c");
        assertThat(node("c").journal).isEmpty();
    }

    @Test
    void aPeerWhoseHelloComesJustBeforeTheConnectionToItIsNotLostInBetween() {
        MemberTable table = start("a");
        time.advance(Duration.ofMillis(240));
        table.take("x", hello("x", 'x', 1));
        assertThat(table.live()).containsExactly("a", "x");
        assertThat(node("a").events).isEmpty();
        time.advance(Duration.ofMillis(1));
        table.connected("x");
        time.advance(Duration.ofSeconds(1));
        assertThat(table.live()).containsExactly("a", "x");
        assertThat(node("a").events).containsExactly("reconnected x");
        assertThat(node("a").journal).containsExactly(new HubEvent.TurnedWarm(), new HubEvent.MemberJoined("x"));
    }

    @Test
    void aHelloThatCameLongBeforeTheConnectionDoesNotCount() {
        MemberTable table = start("a");
        table.take("x", hello("x", 'x', 1));
        time.advance(Duration.ofMillis(300));
        table.connected("x");
        time.advance(Duration.ofMillis(250));
        assertThat(table.live()).containsExactly("a");
        table.take("x", hello("x", 'x', 1));
        assertThat(table.live()).containsExactly("a", "x");
        assertThat(node("a").events).containsExactly("reconnected x");
    }

    @Test
    void aHelloThatWasLostIsAskedForWithTheNextHeartbeat() {
        threeNodes();
        network.cut("a", "c");
        table("c").connected("a");
        time.advance(Duration.ofMillis(300));
        assertThat(table("c").live()).doesNotContain("a");
        network.heal();
        time.advance(Duration.ofMillis(300));
        assertThat(table("c").live()).containsExactly("a", "b", "c");
    }

    @Test
    void theDeathOfAProcessIsKnownWithinTwoHeartbeats() {
        threeNodes();
        node("b").kill(network);
        time.advance(Duration.ofMillis(500));
        assertThat(table("a").live()).containsExactly("a", "c");
        assertThat(table("a").deadNow("b")).isTrue();
        assertThat(table("a").gone('b', 1)).isTrue();
        assertThat(table("a").known()).contains("b");
        assertThat(node("a").journal).contains(new HubEvent.MemberLost("b", "no connection"));
    }

    @Test
    void aPeerThatIsOnlySilentIsSuspectedButNotDead() {
        threeNodes();
        network.isolate("b");
        time.advance(Duration.ofMillis(900));
        assertThat(table("a").live()).contains("b");
        time.advance(Duration.ofMillis(500));
        assertThat(table("a").live()).containsExactly("a", "c");
        assertThat(table("b").live()).containsExactly("b");
        assertThat(table("a").deadNow("b")).isFalse();
        assertThat(table("a").gone('b', 1)).isFalse();
        assertThat(table("a").known()).containsExactly("a", "b", "c");
    }

    @Test
    void aRefusalCountsOnlyAsLongAsItIsConfirmed() {
        threeNodes();
        node("b").kill(network);
        time.advance(Duration.ofSeconds(5));
        assertThat(table("a").deadNow("b")).isTrue();
        network.isolate("b");
        time.advance(Duration.ofMillis(1500));
        assertThat(table("a").deadNow("b")).isFalse();
    }

    @Test
    void aLinkThatIsBrokenInOneDirectionIsBrokenForBoth() {
        threeNodes();
        network.cut("a", "b");
        time.advance(Duration.ofMillis(1500));
        assertThat(table("a").live()).containsExactly("a", "c");
        assertThat(table("b").live()).containsExactly("b", "c");
    }

    @Test
    void aRestartEndsTheProcessBefore() {
        threeNodes();
        node("b").kill(network);
        time.advance(Duration.ofMillis(10));
        node("b", 'b', 2, new MemoryStorage(time)).start();
        time.advance(Duration.ofMillis(500));
        assertThat(table("a").gone('b', 1)).isTrue();
        assertThat(table("a").gone('b', 2)).isFalse();
        assertThat(table("a").deadNow("b")).isFalse();
        assertThat(node("a").events)
                .containsExactly("reconnected b", "reconnected c", "restarted b 2", "reconnected b");
    }

    @Test
    void theSameNameWithAnotherReplicaIdReplacesTheOldOne() {
        threeNodes();
        node("b").kill(network);
        node("b", 99, 1, new MemoryStorage(time)).start();
        time.advance(Duration.ofMillis(500));
        assertThat(table("a").gone('b', 1)).isTrue();
        assertThat(table("a").gone('b', 7)).isTrue();
        assertThat(table("a").gone(99, 1)).isFalse();
        assertThat(node("a").events).contains("restarted b 1");
    }

    @Test
    void aHelloOfAnEarlierIncarnationIsNotBelieved() {
        threeNodes();
        node("a").members.take("b", hello("b", 'b', 0));
        assertThat(table("a").info("b")).extracting(Members.Info::incarnation).isEqualTo(1);
        assertThat(table("a").gone('b', 1)).isFalse();
    }

    @Test
    void aPeerWithThisNodesReplicaIdOrAnotherNameIsNotLetIn() {
        MemberTable table = start("a");
        table.take("b", hello("b", 'a', 1));
        table.take("c", hello("d", 'd', 1));
        assertThat(table.live()).containsExactly("a");
        assertThat(table.info("b")).isNull();
        assertThat(table.info("c")).isNull();
        assertThat(table.info("d")).isNull();
    }

    private static Envelope hello(String name, long replica, int incarnation) {
        return Envelope.newBuilder()
                .setHello(Hello.newBuilder()
                        .setNode(name)
                        .setReplica(replica)
                        .setIncarnation(incarnation)
                        .setProtocol(1))
                .build();
    }

    @Test
    void whoeverSaysGoodbyeDoesNotCountOnceItHasGone() {
        threeNodes();
        table("b").drain();
        time.advance(Duration.ofMillis(10));
        assertThat(table("a").eligible("group")).containsExactlyInAnyOrder("a", "c");
        assertThat(table("a").known()).contains("b");
        node("b").kill(network);
        time.advance(Duration.ofMillis(500));
        assertThat(table("a").known()).containsExactly("a", "c");
    }

    @Test
    void configuredPeersThatWereNeverReachedCount() {
        network.configure("a", "b", "c");
        assertThat(start("a").known()).containsExactly("a", "b", "c");
        assertThat(table("a").live()).containsExactly("a");
    }

    @Test
    void membersAreRememberedAcrossARestart() {
        threeNodes();
        time.advance(Duration.ofSeconds(11));
        nodes.values().forEach(node -> node.kill(network));
        MemoryStorage left = node("a").storage.kill();
        MemoryNetwork empty = new MemoryNetwork(time, new Random(2));
        MemberNode again = new MemberNode(time, empty, "a", 'a', 2, left, Set.of());
        assertThat(again.members.known()).containsExactly("a", "b", "c");
        assertThat(again.members.lastAlive()).isBetween(time.now().minusSeconds(11), time.now());
    }

    @Test
    void aMajorityForgetsWhoWasNotSeenForLong() {
        MemoryNetwork open = new MemoryNetwork(time, new Random(3));
        List<MemberNode> three = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            MemberNode node = new MemberNode(time, open, name, name.charAt(0), 1, new MemoryStorage(time), Set.of());
            node.start();
            three.add(node);
        }
        time.advance(Duration.ofSeconds(1));
        open.isolate("a");
        time.advance(Duration.ofMinutes(9));
        assertThat(three.get(1).members.known()).containsExactly("a", "b", "c");
        time.advance(Duration.ofMinutes(2));
        assertThat(three.get(1).members.known()).containsExactly("b", "c");
        assertThat(three.getFirst().members.known()).as("the minority").containsExactly("a", "b", "c");
        open.heal();
        time.advance(Duration.ofSeconds(11));
        assertThat(three.get(1).members.known()).as("after the reunion").containsExactly("a", "b", "c");
    }

    @Test
    void aNodeThatStoodStillIsColdAtOnceAndUntilItIsTold() {
        VirtualTime wall = new VirtualTime();
        MemberNode node = new MemberNode(
                wall, new MemoryNetwork(wall, new Random(4)), "a", 1, 1, new MemoryStorage(wall), Set.of());
        node.start();
        assertThat(node.members.warm()).isTrue();
        wall.stall(Duration.ofMillis(1100));
        assertThat(node.members.warm()).as("before any timer ran").isFalse();
        wall.settle();
        assertThat(node.members.warm()).isFalse();
        assertThat(node.journal).contains(new HubEvent.TurnedCold("the node stood still for 1100 ms"));
        node.members.becomeWarm();
        assertThat(node.members.warm()).isTrue();
    }

    @Test
    void aNodeThatIsBehindWithItsWorkHasNotStoodStill() {
        VirtualTime wall = new VirtualTime();
        MemberNode node = new MemberNode(
                wall, new MemoryNetwork(wall, new Random(5)), "a", 1, 1, new MemoryStorage(wall), Set.of());
        node.start();
        for (int message = 0; message < 5; message++) {
            wall.stall(Duration.ofMillis(700)); // each takes so long, and the timers wait
            node.members.heard("b");
        }
        wall.settle();
        assertThat(node.members.warm()).isTrue();
    }

    @Test
    void aHelloThatGetsLostIsSaidAgain() {
        network.lose(0.5);
        threeNodes();
        time.advance(Duration.ofSeconds(4));
        network.lose(0);
        time.advance(Duration.ofSeconds(2));
        assertThat(table("a").live()).containsExactly("a", "b", "c");
        assertThat(table("c").live()).containsExactly("a", "b", "c");
    }

    @Test
    void anotherConfigurationGetsTheNextGeneration() {
        threeNodes();
        table("a").configured("x");
        time.advance(Duration.ofMillis(10));
        table("b").configured("y");
        table("b").configured("y");
        time.advance(Duration.ofMillis(10));
        assertThat(table("a").info("a"))
                .extracting(Members.Info::configGeneration)
                .isEqualTo(1L);
        assertThat(table("a").info("b"))
                .extracting(Members.Info::configGeneration)
                .isEqualTo(2L);
        assertThat(table("a").info("b")).extracting(Members.Info::configHash).isEqualTo("y");
    }

    private double mismatches(String name) {
        return new MetricValues(node(name).context.metrics()).value("tocsin_cluster_config_mismatches");
    }

    @Test
    void unequalConfigurationsAreCounted() {
        threeNodes();
        for (String name : List.of("a", "b", "c")) {
            table(name).configured("x");
        }
        time.advance(Duration.ofMillis(100));
        assertThat(mismatches("a")).isZero();
        table("b").configured("y");
        assertThat(mismatches("b")).isEqualTo(2);
        time.advance(Duration.ofMillis(100));
        assertThat(mismatches("a")).isEqualTo(1);
        node("b").kill(network);
        time.advance(Duration.ofSeconds(2));
        assertThat(mismatches("a")).isZero();
    }
}
