package dev.tocsin.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.grpc.v1.IntegrationExplanation;
import dev.tocsin.api.grpc.v1.RouteExplanation;
import dev.tocsin.core.explain.Cause;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.HistoryLine;
import dev.tocsin.core.explain.LastNotification;
import dev.tocsin.core.explain.Standing;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.route.RouteTree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationMessagesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:10:00Z");
    private static final LabelSet LABELS = LabelSet.of("alertname", "Down", "team", "x");

    private final RouteTree tree = new RouteBuilder()
            .receiver("nobody")
            .child(new RouteBuilder().receiver("pager").match("team", "x"))
            .tree();

    private Explanation explanation(boolean past, @Nullable GroupMoment moment) {
        HistoryLine attempt = new HistoryLine(
                NOW,
                "n2",
                new NotificationEvent.Attempted(
                        new NotificationEvent.Destination("k", "pager", "webhook[0]"),
                        7,
                        1,
                        Duration.ofMillis(12),
                        NotificationEvent.Attempted.Verdict.ACCEPTED,
                        "200: ok"));
        GroupExplanation group = new GroupExplanation(
                tree.root().children().getFirst(),
                "k",
                LabelSet.EMPTY,
                true,
                3,
                moment,
                List.of("n2", "n1"),
                List.of(),
                List.of(new dev.tocsin.core.explain.IntegrationExplanation(
                        "webhook[0]",
                        true,
                        null,
                        true,
                        new LastNotification(NOW, "n2", 7, true, true, false),
                        NOW.plusSeconds(60),
                        "nobody knows",
                        List.of(attempt),
                        Cause.NOTIFIED,
                        "it knows")),
                Cause.NOTIFIED,
                "it knows");
        return new Explanation(
                "So it is.",
                Cause.NOTIFIED,
                LABELS.fingerprint(),
                LABELS,
                NOW,
                past,
                "n1",
                new Standing(Standing.State.FIRING, null, "it fires"),
                tree.explain(LABELS),
                List.of(group),
                2,
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void aRouteSaysWhereItsOptionsComeFromAndWhatItsIntegrationsHeard() {
        GroupMoment moment = new GroupMoment(GroupMoment.State.DUE, NOW, NOW.minusSeconds(2), null, true, null);
        var message = ExplanationMessages.explanation(explanation(false, moment));
        assertThat(message.getPast()).isFalse();
        assertThat(message.getMoreRoutes()).isEqualTo(2);

        RouteExplanation route = message.getRoutes(0);
        assertThat(route.getInheritedFromMap())
                .containsEntry("receiver", "{}/{team=\"x\"}/0")
                .containsEntry("group_wait", "")
                .hasSize(5);
        assertThat(route.getOrderList()).containsExactly("n2", "n1");
        assertThat(route.getOwner()).isEqualTo("n2");
        assertThat(route.getMember()).isTrue();
        assertThat(route.getSize()).isEqualTo(3);
        assertThat(route.getGroupState()).isEqualTo("due");
        assertThat(route.getDueSince()).isEqualTo(Times.timestamp(NOW.minusSeconds(2)));

        IntegrationExplanation integration = route.getIntegrations(0);
        assertThat(integration.getIntegration()).isEqualTo("webhook[0]");
        assertThat(integration.getSendResolved()).isTrue();
        assertThat(integration.getSends()).isTrue();
        assertThat(integration.getLast().getNode()).isEqualTo("n2");
        assertThat(integration.getLast().getSequence()).isEqualTo(7);
        assertThat(integration.getLast().getPossibleRepeat()).isTrue();
        assertThat(integration.getLast().getFiring()).isTrue();
        assertThat(integration.getLast().getResolved()).isFalse();
        assertThat(integration.getRepeatAfter()).isEqualTo(Times.timestamp(NOW.plusSeconds(60)));
        assertThat(integration.getDoubt()).isEqualTo("nobody knows");
        assertThat(integration.getCause()).isEqualTo("notified");
        assertThat(integration.getAttempts(0).getReason()).isEqualTo("attempt 1 took 12 ms, accepted: 200: ok");
    }

    @Test
    void thePastKnowsNoTimer() {
        RouteExplanation past =
                ExplanationMessages.explanation(explanation(true, null)).getRoutes(0);
        assertThat(past.getGroupState()).isEqualTo("unknown");
        assertThat(past.hasNextFlushAt()).isFalse();
        assertThat(ExplanationMessages.explanation(explanation(true, null)).getPast())
                .isTrue();
        assertThat(ExplanationMessages.explanation(explanation(false, null))
                        .getRoutes(0)
                        .getGroupState())
                .isEqualTo("absent");
    }
}
