package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.explain.Cause;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.explain.StageVerdict;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.notify.ScriptedNotifier;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Why an alert was notified or not at a time that is past. */
class HubExplainPastTest {
    private static final String CONFIG = """
            route:
              receiver: nobody
              group_by: [alertname]
              group_wait: 10s
              group_interval: 60s
              repeat_interval: 1h
              routes:
              - matchers: ['team="x"']
                receiver: x
              - matchers: ['team="two"']
                receiver: two
            receivers:
            - {name: nobody}
            - {name: x, webhook_configs: [{url: a}]}
            - {name: two, webhook_configs: [{url: a}, {url: b}]}
            """;

    private final TestHub hub = TestHub.start(CONFIG);

    private Explanation explain(double second, String... labels) {
        double now = hub.seconds();
        return hub.explain(
                Question.of(LabelSet.of(labels)).at(hub.time().now().minusMillis(Math.round((now - second) * 1000))));
    }

    @Test
    void theRoutesAreThoseOfThen() {
        hub.post(1, alert("Slow", "team", "x"));
        hub.reload(100, CONFIG.replace("receiver: x\n", "receiver: two\n"));
        hub.at(300);

        Explanation was = explain(60, "alertname", "Slow", "team", "x");
        assertThat(was.cause()).isEqualTo(Cause.NOTIFIED);
        assertThat(was.sentence()).contains("receiver x was notified by n1 at ").doesNotContain("two");
        assertThat(was.groups()).extracting(GroupExplanation::receiver).containsExactly("x");
        assertThat(was.groups().getFirst().integrations().getFirst().last()).isNotNull();
        assertThat(was.groups().getFirst().integrations().getFirst().attempts()).hasSize(1);
        assertThat(was.routes()).isNotNull();
        assertThat(was.notes()).anyMatch(note -> note.startsWith("the routes are those of the configuration that was"));

        Explanation later = explain(200, "alertname", "Slow", "team", "x");
        assertThat(later.groups()).extracting(GroupExplanation::receiver).containsExactly("two");
        assertThat(later.notes()).isEmpty();
    }

    @Test
    void aGroupThatTheTreeDoesNotHaveIsToldAllTheSame() {
        hub.post(1, alert("Slow", "team", "x"));
        hub.reload(30, CONFIG.replace("receiver: x\n", "receiver: two\n"));
        hub.at(31);
        Explanation was = explain(30.5, "alertname", "Slow", "team", "x");
        assertThat(was.sentence()).contains(": receiver two was notified by n1 at ", "; receiver x was notified by n1");
    }

    @Test
    void aReceiverThatHadNoIntegrationIsNamed() {
        hub.post(1, alert("Slow", "team", "y"));
        hub.at(300);
        Explanation was = explain(60, "alertname", "Slow", "team", "y");
        assertThat(was.cause()).isEqualTo(Cause.NO_ROUTE);
        assertThat(was.sentence())
                .endsWith(": no route below the root matched, so it went to receiver nobody, which had no integration:"
                        + " nobody was notified.");
    }

    @Test
    void eachIntegrationHasAWordOfItsOwn() {
        hub.receivers().at("b").always(ScriptedNotifier.refusal(), Duration.ZERO);
        hub.post(1, alert("Slow", "team", "two"));
        hub.at(300);
        Explanation was = explain(40, "alertname", "Slow", "team", "two");
        assertThat(was.cause()).isEqualTo(Cause.FAILING);
        assertThat(was.sentence())
                .contains("receiver two has 2 integrations: ", "webhook[0] was notified by n1 at ", "webhook[1] ");
    }

    @Test
    void anAlertThatWasSilencedIsNotBlamedForWhatItsGroupMet() {
        hub.receivers().at("a").always(ScriptedNotifier.refusal(), Duration.ZERO);
        String id = hub.silence(0.5, 0.5, 1000, "instance", "quiet", false);
        hub.post(1, alert("Slow", "team", "x", "instance", "quiet"), alert("Slow", "team", "x", "instance", "loud"));
        hub.at(300);

        Explanation quiet = explain(50, "alertname", "Slow", "team", "x", "instance", "quiet");
        assertThat(quiet.cause()).isEqualTo(Cause.SILENCED);
        assertThat(quiet.sentence()).contains("receiver x was not notified at ", "it was silenced by " + id);
        assertThat(quiet.groups().getFirst().stages())
                .extracting(StageVerdict::stage, StageVerdict::decides)
                .contains(org.assertj.core.groups.Tuple.tuple(StageVerdict.Stage.SILENCES, true));
        assertThat(explain(50, "alertname", "Slow", "team", "x", "instance", "loud")
                        .cause())
                .isEqualTo(Cause.FAILING);
    }

    @Test
    void whatAnotherNodeSentIsKnownFromTheOthers() {
        LabelSet labels = LabelSet.of("alertname", "Slow", "team", "x");
        hub.post(1, alert("Slow", "team", "x"));
        hub.at(5);
        hub.journal()
                .append(new NotificationEvent.Learned(
                        new NotificationEvent.Destination("{}/{team=\"x\"}:{alertname=\"Slow\"}", "x", "webhook[0]"),
                        1,
                        "key",
                        "n7",
                        hub.time().now(),
                        AlertHashes.of(AlertHash.of(labels)),
                        AlertHashes.of(),
                        false));
        hub.at(8);
        Explanation was = explain(7, "alertname", "Slow", "team", "x");
        assertThat(was.cause()).isEqualTo(Cause.NOTIFIED);
        assertThat(was.sentence()).contains("receiver x was notified by n7 at ");
    }

    @Test
    void aTimeBeforeTheOldestConfigurationHasNoRoutes() {
        hub.at(100);
        Explanation was = explain(-100, "alertname", "Slow", "team", "x");
        assertThat(was.routes()).isNull();
        assertThat(was.notes()).anyMatch(note -> note.contains("the oldest configuration that it remembers"));
    }
}
