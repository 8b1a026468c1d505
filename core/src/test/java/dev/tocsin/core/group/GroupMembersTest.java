package dev.tocsin.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupMembersTest {
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final GroupMembers members = new GroupMembers();

    private Alert firing(Duration after) {
        Instant now = start.plus(after);
        return TestAlert.of(LabelSet.of("alertname", "A"), start, now.plusSeconds(240), now);
    }

    @Test
    void anAlertIsReceivedWhenItIsFirstPostedAndNotWhenItIsSentAgain() {
        members.add(firing(Duration.ZERO));
        members.update(firing(Duration.ofMinutes(1)));
        members.update(firing(Duration.ofMinutes(2)));
        assertThat(members.receivedAt(firing(Duration.ZERO))).isEqualTo(start);
    }

    @Test
    void anAlertThatFiresAgainIsReceivedAgain() {
        members.add(firing(Duration.ZERO));
        members.update(TestAlert.resolved(firing(Duration.ZERO), start.plusSeconds(60)));
        Alert again = firing(Duration.ofMinutes(2));
        members.update(again);
        assertThat(members.receivedAt(again)).isEqualTo(start.plusSeconds(120));
    }

    @Test
    void anAlertThatTheGroupDoesNotHoldIsReceivedWhenItWasPosted() {
        Alert other = firing(Duration.ofMinutes(3));
        assertThat(members.receivedAt(other)).isEqualTo(other.updatedAt());
    }
}
