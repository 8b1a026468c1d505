package dev.tocsin.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Heartbeat;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two sides that answer each other at their own pace. */
class HeartbeatsTest {
    private final VirtualTime time = new VirtualTime();
    private final Heartbeats alice = started(0);
    private final Heartbeats bob = started(70);
    private final Member bobAsSeen = new Member("bob", 0);
    private final Member aliceAsSeen = new Member("alice", 0);

    private Heartbeats started(int afterMillis) {
        time.advance(Duration.ofMillis(afterMillis));
        return new Heartbeats(time, Timings.DEFAULTS);
    }

    private void pass(int millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private Heartbeat ofAlice() {
        return alice.next(bobAsSeen, Set.of()).getHeartbeat();
    }

    private Heartbeat ofBob() {
        return bob.next(aliceAsSeen, Set.of()).getHeartbeat();
    }

    private @Nullable Duration aliceReads(Heartbeat beat) {
        return alice.read(bobAsSeen, beat);
    }

    private @Nullable Duration bobReads(Heartbeat beat) {
        return bob.read(aliceAsSeen, beat);
    }

    @Test
    void theFirstOneAnswersNothing() {
        assertThat(bobReads(ofAlice())).isNull();
    }

    @Test
    void theTimeOnTheWayLeavesOutForHowLongItWasHeld() {
        Heartbeat question = ofAlice();
        pass(3);
        bobReads(question);
        pass(200);
        Heartbeat answer = ofBob();
        pass(4);
        assertThat(aliceReads(answer)).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void anAnswerCountsOnce() {
        bobReads(ofAlice());
        assertThat(aliceReads(ofBob())).isNotNull();
        pass(250);
        assertThat(aliceReads(ofBob())).as("of one who hears nothing more").isNull();
        bobReads(ofAlice());
        assertThat(aliceReads(ofBob())).isNotNull();
    }

    @Test
    void anAnswerThatWasLongOnItsWaySaysNothing() {
        bobReads(ofAlice());
        Heartbeat late = ofBob();
        pass(1201);
        assertThat(aliceReads(late)).isNull();
    }

    @Test
    void oneWhoStoodStillAnswersAgainAsSoonAsItRuns() {
        bobReads(ofAlice());
        pass(9000);
        assertThat(aliceReads(ofBob())).isEqualTo(Duration.ZERO);
    }

    @Test
    void anAnswerToAnEarlierProcessIsNone() {
        pass(5000);
        bobReads(ofAlice());
        Heartbeat answer = ofBob();
        Heartbeats again = started(10);
        assertThat(again.read(new Member("bob", 0), answer)).isNull();
    }

    @Test
    void whatIsImpossibleIsPassedOver() {
        pass(5000);
        for (long held : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
            for (long echo : new long[] {Long.MIN_VALUE, -1, 1, Long.MAX_VALUE}) {
                assertThat(aliceReads(Heartbeat.newBuilder()
                                .setSentAt(-1)
                                .setEcho(echo)
                                .setHeldMs(held)
                                .build()))
                        .as("%d held %d", echo, held)
                        .isNull();
            }
        }
        bobReads(ofAlice());
        assertThat(aliceReads(ofBob())).isNotNull();
    }

    @Test
    void anAnswerIsAskedForUntilThereIsOneAndWhenTwoAreMissing() {
        assertThat(ofAlice().getAsks()).isTrue();
        bobReads(ofAlice());
        aliceReads(ofBob());
        bobAsSeen.answered(time.nanoTime());
        assertThat(ofAlice().getAsks()).isFalse();
        pass(500);
        assertThat(ofAlice().getAsks()).isFalse();
        pass(1);
        assertThat(ofAlice().getAsks()).isTrue();
        bobAsSeen.answered(time.nanoTime());
        bobAsSeen.disconnected();
        assertThat(ofAlice().getAsks()).as("on a new connection").isTrue();
    }

    @Test
    void whoIsAskedDoesNotAskInTurn() {
        bobReads(ofAlice());
        Heartbeat answer = bob.answer(aliceAsSeen, Set.of("carol")).getHeartbeat();
        assertThat(answer.getAsks()).isFalse();
        assertThat(answer.getMissesList()).containsExactly("carol");
        assertThat(aliceReads(answer)).isEqualTo(Duration.ZERO);
        assertThat(bobAsSeen.misses).containsExactly("carol");
    }

    @Test
    void aNewConnectionIsNotAnsweredForTheOneBefore() {
        bobReads(ofAlice());
        aliceAsSeen.disconnected();
        assertThat(ofBob().getEcho()).isZero();
    }

    @Test
    void namesBeyondTheBoundAreNotTaken() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add("n" + i);
        }
        aliceReads(Heartbeat.newBuilder().addAllMisses(many).build());
        assertThat(bobAsSeen.misses).hasSize(Register.MOST);
    }

    @Test
    void aQuietClusterSaysOneThingToEachPeerInAQuarterOfASecond() {
        MemoryNetwork network = new MemoryNetwork(time, new Random(1));
        for (String name : List.of("a", "b", "c")) {
            new MemberNode(time, network, name, name.charAt(0), 1, new MemoryStorage(time), Set.of()).start();
        }
        pass(11_000);
        long before = network.sent();
        pass(8_000);
        assertThat(network.sent() - before).isEqualTo(3 * 2 * 4 * 8);
    }
}
