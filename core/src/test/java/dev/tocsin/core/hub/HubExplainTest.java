package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.explain.Cause;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.explain.StageVerdict;
import dev.tocsin.core.explain.Standing;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.ScriptedNotifier;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Why an alert was notified or not, asked of a whole hub on virtual time. */
class HubExplainTest {
    private static final String CONFIG = """
            global: {resolve_timeout: 10m}
            route:
              receiver: default
              group_by: [alertname]
              group_wait: 10s
              group_interval: 60s
              repeat_interval: 1h
              routes:
              - matchers: ['team="x"']
                receiver: x
                group_wait: 20s
              - matchers: ['team="night"']
                receiver: x
                mute_time_intervals: [always]
              - matchers: ['team=~"quiet.*"']
                receiver: nobody
            time_intervals:
            - name: always
              time_intervals: [{years: ['2000:2100']}]
            inhibit_rules:
            - name: down
              source_matchers: ['alertname="Down"']
              target_matchers: ['alertname="Slow"']
              equal: [job]
            receivers:
            - {name: default, webhook_configs: [{url: a}]}
            - {name: x, webhook_configs: [{url: b}]}
            - name: nobody
            """;

    private final TestHub hub = TestHub.start(CONFIG);

    private Explanation explain(String... labels) {
        return hub.explain(Question.of(LabelSet.of(labels)));
    }

    @Test
    void anAlertThatNobodyPostedIsFollowedAsIfItFired() {
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.NOT_RECEIVED);
        assertThat(why.sentence())
                .isEqualTo("Alert Slow {alertname=\"Slow\", team=\"x\"} is not known: nobody has posted it; if it fired"
                        + " now: receiver x is notified when its group has gathered alerts for group_wait 20s.");
        assertThat(why.groups())
                .extracting(GroupExplanation::receiver, GroupExplanation::size, GroupExplanation::member)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("x", 0, false));
    }

    @Test
    void aFingerprintThatNobodyKnowsHasNoRoute() {
        Explanation why = hub.explain(Question.of(42L));
        assertThat(why.cause()).isEqualTo(Cause.NOT_RECEIVED);
        assertThat(why.routes()).isNull();
        assertThat(why.sentence()).isEqualTo("Alert 000000000000002a is not known: nobody has posted it.");
    }

    @Test
    void aGroupGathersAlertsFirst() {
        hub.post(1, alert("Slow", "team", "x"));
        hub.at(15);
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.WAITING);
        assertThat(why.sentence()).contains("receiver x is notified when its group is due at", "(group_wait 20s)");
        assertThat(why.groups().getFirst().route().origins().groupWait()).isEqualTo("{}/{team=\"x\"}/0");
        assertThat(why.groups().getFirst().route().origins().repeatInterval()).isEqualTo("{}");
    }

    @Test
    void whatWasToldIsNotRepeatedBeforeTheRepeatInterval() {
        hub.post(1, alert("Slow", "team", "x"));
        hub.at(30);
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.NOTIFIED);
        assertThat(why.sentence())
                .contains(
                        "receiver x was notified by n1 at ", ", and the first flush after ", " repeats it if nothing");
        assertThat(hub.explain(Question.of(
                                LabelSet.of("alertname", "Slow", "team", "x").fingerprint()))
                        .sentence())
                .isEqualTo(why.sentence());
    }

    @Test
    void withoutAMatchingRouteTheRootTakesTheAlert() {
        hub.post(1, alert("Slow", "team", "y"));
        Explanation why = explain("alertname", "Slow", "team", "y");
        assertThat(why.sentence())
                .contains("no route below the root matches, so it goes to receiver default, which is notified");
    }

    @Test
    void aReceiverWithoutIntegrationTellsNobody() {
        hub.post(1, alert("Slow", "team", "quiet1"));
        assertThat(explain("alertname", "Slow", "team", "quiet1").cause()).isEqualTo(Cause.NO_INTEGRATION);
    }

    @Test
    void aSilenceSaysWhoseItIsAndUntilWhen() {
        hub.post(1, alert("Slow", "team", "x"));
        String id = hub.silence(2, 2, 300, "team", "x", false);
        hub.at(3);
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.SILENCED);
        assertThat(why.sentence())
                .contains("receiver x is not notified: silenced by " + id + " of me (\"why\") until ");
        hub.at(40);
        assertThat(explain("alertname", "Slow", "team", "x").cause()).isEqualTo(Cause.SILENCED);
    }

    @Test
    void anInhibitionSaysByWhichAlertAndRule() {
        hub.post(1, alert("Slow", "team", "x", "job", "j"), alert("Down", "job", "j"));
        Explanation why = explain("alertname", "Slow", "team", "x", "job", "j");
        assertThat(why.cause()).isEqualTo(Cause.INHIBITED);
        assertThat(why.sentence()).contains("inhibited by alert ", "{alertname=\"Down\", job=\"j\"}", "rule \"down\"");
        assertThat(why.groups().getFirst().stages())
                .extracting(StageVerdict::decides)
                .containsExactly(true, false, false);
    }

    @Test
    void aTimeIntervalMutes() {
        hub.post(1, alert("Slow", "team", "night"));
        Explanation why = explain("alertname", "Slow", "team", "night");
        assertThat(why.cause()).isEqualTo(Cause.MUTED);
        assertThat(why.sentence()).contains("is not notified: inside the mute time interval always");
    }

    @Test
    void aReceiverThatIsDownIsTriedAgain() {
        hub.receivers().at("b").always(ScriptedNotifier.refusal(), Duration.ZERO);
        hub.post(1, alert("Slow", "team", "x"));
        hub.at(45);
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.FAILING);
        assertThat(why.sentence()).contains("receiver x could not be notified by n1 at ");
        assertThat(why.groups().getFirst().integrations().getFirst().attempts()).isNotEmpty();
    }

    @Test
    void anAlertThatEndedBeforeItsGroupWasDueIsNotTold() {
        hub.post(1, alert("Slow", "team", "x").from(1));
        hub.post(5, alert("Slow", "team", "x").from(1).to(5));
        hub.at(8);
        assertThat(explain("alertname", "Slow", "team", "x").cause()).isEqualTo(Cause.RESOLVED_BEFORE_FLUSH);
        hub.at(60);
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.RESOLVED_BEFORE_FLUSH);
        assertThat(why.standing().state()).isEqualTo(Standing.State.RESOLVED);
    }

    @Test
    void anAlertThatEndedUnderASilenceWasSilenced() {
        hub.silence(0.5, 0.5, 300, "team", "x", false);
        hub.post(1, alert("Slow", "team", "x").from(1));
        hub.post(40, alert("Slow", "team", "x").from(1).to(40));
        hub.at(200);
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.SILENCED);
        assertThat(why.sentence()).contains("was not notified while it fired: at ");
    }

    @Test
    void theEndOfAnAlertIsToldAtTheNextFlushAndIsThenKnown() {
        hub.post(1, alert("Slow", "team", "x").from(1));
        hub.post(40, alert("Slow", "team", "x").from(1).to(40));
        assertThat(explain("alertname", "Slow", "team", "x").sentence())
                .contains("is told that it ended when its group");
        hub.at(200);
        assertThat(explain("alertname", "Slow", "team", "x").cause()).isEqualTo(Cause.RESOLVED);
    }

    @Test
    void anAlertThatWasRefusedIsNotTakenForUnknown() {
        hub.post(1, alert("Slow", "team", "x").from(5).to(2));
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.cause()).isEqualTo(Cause.REFUSED);
        assertThat(why.sentence()).contains("start time must be before end time");
    }

    @Test
    void aConfigurationFileThatWasRefusedIsNamed() {
        hub.post(1, alert("Slow", "team", "x"));
        hub.reload(2, "route: {receiver: nowhere}");
        Explanation why = explain("alertname", "Slow", "team", "x");
        assertThat(why.sentence())
                .contains("; but the configuration file test.yml was refused at ", "the one before it is in force");
        hub.reload(4, CONFIG);
        assertThat(explain("alertname", "Slow", "team", "x").notes()).isEmpty();
    }

    @Test
    void thePastIsReadFromTheJournal() {
        hub.post(1, alert("Slow", "team", "x"));
        String id = hub.silence(2, 2, 50, "team", "x", false);
        hub.at(30);
        Question then = Question.of(LabelSet.of("alertname", "Slow", "team", "x"))
                .at(hub.time().now());
        hub.at(300);
        Explanation was = hub.explain(then);
        assertThat(was.past()).isTrue();
        assertThat(was.cause()).isEqualTo(Cause.SILENCED);
        assertThat(was.sentence()).contains("receiver x was not notified at ", "silenced by " + id);
        assertThat(explain("alertname", "Slow", "team", "x").cause()).isEqualTo(Cause.NOTIFIED);
    }
}
