package dev.tocsin.cluster.atomix.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.fixture.RecordingLogger;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often somebody is told of. */
class ComplaintsTest {
    private final VirtualTime time = new VirtualTime();
    private final RecordingLogger log = new RecordingLogger();
    private final Complaints complaints = new Complaints(time, log);

    @Test
    void theSameIsSaidOnceAMinute() {
        for (int i = 0; i < 100; i++) {
            complaints.say(Refusal.FOREIGN, "10.0.0.9", "not a hello");
            complaints.unreadable("b", "frame of 9 bytes, at most 8 are allowed");
            time.advance(Duration.ofMillis(500));
        }
        assertThat(log.lines())
                .containsExactly(
                        "WARN Something that is no node talks to the cluster port component=cluster remote=10.0.0.9"
                                + " reason=foreign err=not a hello",
                        "WARN Peer sent what cannot be read component=cluster peer=b err=frame of 9 bytes, at most 8"
                                + " are allowed");
        time.advance(Duration.ofSeconds(20));
        complaints.say(Refusal.FOREIGN, "10.0.0.9", "not a hello");
        assertThat(log.lines()).hasSize(3);
    }

    @Test
    void whatDiffersIsSaidOnItsOwn() {
        complaints.say(Refusal.FOREIGN, "10.0.0.9", "not a hello");
        complaints.say(Refusal.LABEL, "10.0.0.9", "refused");
        complaints.say(Refusal.FOREIGN, "10.0.0.8", "not a hello");
        assertThat(log.lines()).hasSize(3);
    }

    @Test
    void aHostOfStrangersDoesNotFillTheMemory() {
        for (int i = 0; i < 10_000; i++) {
            complaints.say(Refusal.FOREIGN, "10.0." + i / 250 + "." + i % 250, "not a hello");
        }
        complaints.say(Refusal.FOREIGN, "10.0.0.0", "not a hello");
        assertThat(log.lines()).hasSize(10_001);
    }
}
