package dev.tocsin.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nodes whose wall clocks differ. */
class ClockCheckTest {
    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time, new Random(1));
    private final Map<String, Duration> ahead = new TreeMap<>();

    private MemberNode start(String name, Duration skew) {
        ahead.put(name, skew);
        Clock clock = new Clock() {
            @Override
            public Instant now() {
                return time.now().plus(ahead.getOrDefault(name, Duration.ZERO));
            }

            @Override
            public long nanoTime() {
                return time.nanoTime();
            }
        };
        MemberNode node =
                new MemberNode(time, clock, network, name, name.charAt(0), 1, new MemoryStorage(time), Set.of());
        node.start();
        return node;
    }

    private static double offset(MemberNode node, String peer) {
        return ((GaugeFamily) Objects.requireNonNull(
                        node.context.metrics().families().get("tocsin_cluster_clock_offset_seconds")))
                .labels(peer)
                .value();
    }

    private static double distrusted(MemberNode node) {
        return ((CounterFamily) Objects.requireNonNull(
                        node.context.metrics().families().get("tocsin_cluster_peers_distrusted_total")))
                .labels("clock")
                .value();
    }

    @Test
    void halfAMinuteDoesNoHarm() {
        MemberNode a = start("a", Duration.ofSeconds(30));
        MemberNode b = start("b", Duration.ofSeconds(-30));
        time.advance(Duration.ofSeconds(2));
        assertThat(a.members.live()).containsExactly("a", "b");
        assertThat(b.members.live()).containsExactly("a", "b");
        assertThat(offset(a, "b")).isCloseTo(-60, within(0.1));
        assertThat(distrusted(a)).isZero();
    }

    @Test
    void theOneThatIsAnHourOffIsNotBelievedAndTurnsCold() {
        MemberNode a = start("a", Duration.ZERO);
        MemberNode b = start("b", Duration.ofSeconds(5));
        MemberNode wrong = start("c", Duration.ofHours(1));
        time.advance(Duration.ofSeconds(2));
        assertThat(a.members.live()).containsExactly("a", "b");
        assertThat(b.members.live()).containsExactly("a", "b");
        assertThat(wrong.members.live()).containsExactly("c");
        assertThat(a.members.known()).contains("c");
        assertThat(a.members.deadNow("c")).isFalse();
        assertThat(a.members.warm()).isTrue();
        assertThat(wrong.members.warm()).isFalse();
        assertThat(wrong.members.clockIsWrong()).isTrue();
        assertThat(wrong.journal).contains(new HubEvent.TurnedCold(ClockCheck.WRONG));
        assertThat(offset(a, "c")).isCloseTo(3600, within(0.1));
        assertThat(distrusted(a)).isEqualTo(1);
        assertThat(distrusted(wrong)).isEqualTo(2);
        wrong.members.becomeWarm();
        assertThat(wrong.members.warm()).isFalse();
    }

    @Test
    void aClockThatStepsWhileTheNodeRunsIsNoticedWithinASecond() {
        MemberNode a = start("a", Duration.ZERO);
        MemberNode b = start("b", Duration.ZERO);
        start("c", Duration.ZERO);
        time.advance(Duration.ofSeconds(2));
        assertThat(a.members.live()).containsExactly("a", "b", "c");
        ahead.put("b", Duration.ofHours(-1));
        time.advance(Duration.ofSeconds(1));
        assertThat(a.members.live()).containsExactly("a", "c");
        assertThat(b.members.warm()).isFalse();
        assertThat(a.journal).contains(new HubEvent.MemberLost("b", "its clock differs"));
    }

    @Test
    void oneThatIsPutRightIsComparedWithAgain() {
        MemberNode a = start("a", Duration.ZERO);
        start("b", Duration.ZERO);
        MemberNode wrong = start("c", Duration.ofHours(1));
        time.advance(Duration.ofSeconds(2));
        assertThat(a.events).containsExactly("reconnected b");
        ahead.put("c", Duration.ZERO);
        time.advance(Duration.ofSeconds(1));
        assertThat(a.members.live()).containsExactly("a", "b", "c");
        assertThat(a.events).containsExactly("reconnected b", "reconnected c");
        assertThat(wrong.members.clockIsWrong()).isFalse();
        assertThat(distrusted(a)).isEqualTo(1);
    }

    @Test
    void ofTwoNodesNeitherKnowsWhoIsWrong() {
        MemberNode a = start("a", Duration.ZERO);
        MemberNode b = start("b", Duration.ofHours(1));
        time.advance(Duration.ofSeconds(2));
        assertThat(a.members.live()).containsExactly("a");
        assertThat(b.members.live()).containsExactly("b");
        assertThat(a.members.warm()).isTrue();
        assertThat(b.members.warm()).isTrue();
    }
}
