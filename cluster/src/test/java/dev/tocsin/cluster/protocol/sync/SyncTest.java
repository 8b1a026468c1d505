package dev.tocsin.cluster.protocol.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.AlertPush;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Pull;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.VersionVector;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.silence.Silences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SyncTest extends SyncRig {
    private static final LogKey KEY = new LogKey("{}:{}", "team", "webhook", 0);

    private LogEntry entry(SyncNode node, long counter) {
        return new LogEntry(
                KEY,
                counter,
                VersionVector.EMPTY.with(node.replica, counter),
                AlertHashes.of(1),
                AlertHashes.EMPTY,
                Map.of(),
                node.clock.now(),
                node.clock.now().plus(Duration.ofHours(8)),
                node.replica,
                false);
    }

    @Test
    void nodesThatStartTogetherWithEmptyDisksAreWarmSoon() {
        List<SyncNode> nodes = cluster("a", "b", "c");

        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.counted("tocsin_cluster_exchanges_total", "completed"))
                        .isGreaterThan(0));
    }

    @Test
    void aNodeWithoutPeersIsWarmAtOnce() {
        SyncNode alone = node("a").start();

        assertThat(alone.members.warm()).isTrue();
        assertThat(alone.post(Duration.ofMillis(1), alone.firing("X"))).isTrue();
    }

    @Test
    void aNodeThatFindsNobodyGoesOnAfterAWhile() {
        network.configure("a", "b", "c");
        SyncNode empty = node("a").start();
        time.advance(SECOND.multipliedBy(29));
        assertThat(empty.members.warm()).isFalse();
        time.advance(SECOND.multipliedBy(2));
        assertThat(empty.members.warm()).isTrue();

        empty.kill(network);
        SyncNode next = empty.next(network).start();
        time.advance(SECOND.multipliedBy(9));
        assertThat(next.members.warm()).isFalse();
        time.advance(SECOND.multipliedBy(2));
        assertThat(next.members.warm()).isTrue();
    }

    @Test
    void coldNodesThatAreTooFewCompareThemselvesNowAndThenAndNotWithoutPause() {
        network.configure("a", "b", "c", "d");
        List<SyncNode> half = List.of(node("a").start(), node("b").start());
        time.advance(SECOND.multipliedBy(20));

        assertThat(half).allSatisfy(node -> {
            assertThat(node.members.warm()).isFalse();
            assertThat(node.counted("tocsin_cluster_exchanges_total", "completed"))
                    .as("one in a quarter of a second")
                    .isBetween(20.0, 100.0);
        });
    }

    @Test
    void aPostIsAnsweredWhenHalfOfTheOthersHaveIt() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.getFirst();

        assertThat(a.post(Duration.ofMillis(1), a.firing("X"))).isFalse();
        time.advance(Duration.ofMillis(2));
        assertThat(nodes).allMatch(node -> node.fires("X"));
        assertThat(a.post(Duration.ofMillis(5), a.resolved("X"))).isTrue();
        assertThat(nodes).noneMatch(node -> node.fires("X"));
        assertThat(a.counted("tocsin_ingest_unreplicated_total")).isZero();
        assertThat(a.counted("tocsin_cluster_pushes_total", "alerts")).isEqualTo(4);
        assertThat(nodes.get(1).counted("tocsin_cluster_pushes_total", "alerts"))
                .isZero();
    }

    @Test
    void aPostIsAnsweredAlthoughPeersAreSilentAndThatIsCounted() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.getFirst();
        network.isolate("a");

        assertThat(a.post(Duration.ofMillis(99), a.firing("X"), a.firing("Y"))).isFalse();
        time.advance(Duration.ofMillis(2));

        assertThat(a.counted("tocsin_ingest_unreplicated_total")).isEqualTo(2);
        time.advance(SECOND.multipliedBy(3));
        assertThat(a.post(Duration.ofMillis(1), a.firing("Z"))).isTrue();
        assertThat(a.counted("tocsin_ingest_unreplicated_total")).isEqualTo(3);
    }

    @Test
    void oneOfTwoPeersThatIsSilentDoesNotHoldUpAPost() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.getFirst();
        network.cut("a", "c");

        assertThat(a.post(INSTANT, a.firing("X"))).isTrue();
        assertThat(a.counted("tocsin_ingest_unreplicated_total")).isZero();
    }

    @Test
    void anOutcomeIsToldAtOnceAndThoseThatFollowInTheSamePassTogether() {
        SyncNode a = cluster("a", "b", "c").getFirst();
        List<Integer> told = new ArrayList<>();
        network.rewrite(message -> {
            if (message.hasLogPush()) {
                told.add(message.getLogPush().getEntriesCount());
            }
            return message;
        });

        a.log.record(entry(a, 1));
        assertThat(told).containsExactly(1, 1);
        for (int i = 2; i <= 4; i++) {
            a.log.record(entry(a, i));
        }
        assertThat(told).containsExactly(1, 1);
        time.advance(INSTANT);
        assertThat(told).containsExactly(1, 1, 3, 3);
    }

    @Test
    void whatWasMissedInAPartitionIsKnownRightAfterIt() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.get(0);
        SyncNode b = nodes.get(1);
        a.post(INSTANT, a.firing("X"));
        network.isolate("c");
        time.advance(SECOND.multipliedBy(5));
        SyncNode c = nodes.get(2);
        a.post(INSTANT, a.resolved("X"));
        c.post(INSTANT, c.firing("Y"));
        a.log.record(entry(a, 1));
        c.log.record(entry(c, 1));
        CompletableFuture<Silences.SetResult> set = b.silences.set(b.draft("Z")).toCompletableFuture();
        time.advance(SECOND);
        assertThat(set).isDone();

        network.heal();
        time.advance(SECOND.multipliedBy(3));

        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.fires("X")).isFalse();
            assertThat(node.fires("Y")).isTrue();
            assertThat(node.log.query(KEY).heads()).hasSize(2);
            assertThat(node.silences.list(List.of())).hasSize(1);
        });
    }

    @Test
    void whatANodeWasToldBeforeItReachedAnybodyIsKnownToAllOnceItIsWarm() {
        List<SyncNode> nodes = cluster("a", "b");
        SyncNode c = node("c").start();
        c.post(INSTANT, c.firing("X"));
        time.advance(SECOND);

        assertThat(c.members.warm()).isTrue();
        assertThat(nodes).allMatch(node -> node.fires("X"));
    }

    @Test
    void whatWasLostOnTheWayIsFoundByTheNextComparison() {
        List<SyncNode> nodes = cluster("a", "b");
        SyncNode a = nodes.get(0);
        SyncNode b = nodes.get(1);
        // A claim whose outcome nobody knows is told by nobody in this house.
        ClaimContent maybe = new ClaimContent(
                new ClaimId(9, 1, 1),
                KEY,
                1,
                VersionVector.EMPTY.with(9, 1),
                AlertHashes.of(1),
                AlertHashes.EMPTY,
                NotificationReason.FIRST_NOTIFICATION,
                false,
                time.now(),
                time.now().plus(Duration.ofHours(1)));
        a.log.merge(List.of(), List.of(maybe));
        assertThat(b.log.query(KEY).maybes()).isEmpty();

        time.advance(SECOND.multipliedBy(35));

        assertThat(b.log.query(KEY).maybes()).containsExactly(maybe);
    }

    @Test
    void theAnswerToAnEditOfASilenceWaitsForAllLivePeersButNotForLong() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.getFirst();
        CompletableFuture<Silences.SetResult> set = a.silences.set(a.draft("X")).toCompletableFuture();
        time.advance(Duration.ofMillis(1));
        assertThat(set).isNotDone();
        time.advance(Duration.ofMillis(2));
        assertThat(set).isDone();
        LabelSet labels = LabelSet.of(Alert.ALERT_NAME, "X");
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.silences.silencedBy(labels, node.clock.now()))
                        .hasSize(1));

        network.cut("a", "c");
        CompletableFuture<Silences.SetResult> second =
                a.silences.set(a.draft("Y")).toCompletableFuture();
        time.advance(Duration.ofSeconds(1));
        assertThat(second).isNotDone();
        time.advance(Duration.ofMillis(500));
        assertThat(second).isDone();
        assertThat(a.counted("tocsin_cluster_acknowledgements_missed_total", "silences"))
                .isEqualTo(1);
    }

    @Test
    void aNodeThatJoinsLearnsEverythingBeforeItIsWarm() {
        List<SyncNode> nodes = cluster("a", "b");
        SyncNode a = nodes.getFirst();
        Alert[] many = new Alert[3000];
        for (int i = 0; i < many.length; i++) {
            many[i] = a.firing("X" + i);
        }
        a.post(SECOND, many);
        a.silences.set(a.draft("X1"));
        a.log.record(entry(a, 1));
        for (SyncNode node : nodes) {
            node.ticks.add(TickDone.newBuilder().setGroupKey("group").build());
        }
        time.advance(SECOND);

        SyncNode c = node("c").start();
        for (int i = 0; i < 3000 && !c.members.warm(); i++) {
            time.advance(Duration.ofMillis(1));
        }

        assertThat(c.members.warm()).isTrue();
        assertThat(c.alerts.size()).isEqualTo(3000);
        assertThat(c.silences.list(List.of())).hasSize(1);
        assertThat(c.log.query(KEY).heads()).hasSize(1);
        assertThat(c.learned).isNotEmpty();
    }

    @Test
    void underClocksThatAreWrongNodesStayAlikeAndCompareWithoutEnd() {
        SyncNode a = new SyncNode(time, network, "a", Duration.ofSeconds(30));
        SyncNode b = new SyncNode(time, network, "b", Duration.ofSeconds(-30));
        a.start();
        b.start();
        time.advance(SECOND.multipliedBy(4));
        a.post(INSTANT, a.firing("X"), a.firing("Y"));
        a.post(INSTANT, a.resolved("Y"));
        a.silences.set(a.draft("X"));
        a.log.record(entry(a, 1));
        time.advance(SECOND.multipliedBy(35));
        double pages = b.counted("tocsin_cluster_pages_total", "alerts")
                + b.counted("tocsin_cluster_pages_total", "silences")
                + b.counted("tocsin_cluster_pages_total", "log");

        time.advance(SECOND.multipliedBy(90));

        assertThat(b.fires("X")).isTrue();
        assertThat(b.fires("Y")).isFalse();
        assertThat(b.silences.silencedBy(LabelSet.of(Alert.ALERT_NAME, "X"), b.clock.now()))
                .hasSize(1);
        assertThat(b.counted("tocsin_cluster_pages_total", "alerts")
                        + b.counted("tocsin_cluster_pages_total", "silences")
                        + b.counted("tocsin_cluster_pages_total", "log"))
                .isEqualTo(pages);
    }

    @Test
    void aNodeThatWasAwayForTooLongLetsItsPeersCount() {
        List<SyncNode> nodes = cluster("a", "b", "c");
        SyncNode a = nodes.getFirst();
        SyncNode c = nodes.get(2);
        a.post(INSTANT, a.firing("X"));
        a.silences.set(a.draft("X"));
        time.advance(SECOND.multipliedBy(20));
        c.kill(network);
        time.advance(SECOND);
        a.post(INSTANT, a.resolved("X"));
        time.advance(Duration.ofMinutes(70));
        assertThat(a.alerts.size()).isZero();

        SyncNode next = c.next(network);
        assertThat(next.fires("X")).isTrue();
        next.start();
        time.advance(SECOND.multipliedBy(4));

        assertThat(next.members.warm()).isTrue();
        assertThat(next.fires("X")).isFalse();
        assertThat(a.fires("X")).isFalse();
        assertThat(next.silences.list(List.of())).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsCountedAndDoesNoHarm() {
        List<SyncNode> nodes = cluster("a", "b");
        SyncNode a = nodes.getFirst();
        Envelope noise = Envelope.newBuilder()
                .setAlertPush(AlertPush.newBuilder().setAlerts(com.google.protobuf.ByteString.copyFromUtf8("noise")))
                .build();

        assertThat(a.sync.take("b", noise)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(a.sync.take(
                            "b",
                            Envelope.newBuilder()
                                    .setPull(Pull.newBuilder().addBuckets(-1).addBuckets(5000))
                                    .build()))
                    .isTrue();
        }
        assertThat(a.sync.take("b", Envelope.getDefaultInstance())).isFalse();
        time.advance(SECOND);

        assertThat(a.counted("tocsin_cluster_unusable_messages_total")).isEqualTo(1);
        assertThat(nodes).allMatch(node -> node.members.warm());
    }
}
