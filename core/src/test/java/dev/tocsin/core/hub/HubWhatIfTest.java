package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a configuration or a silence would change, asked of a whole hub on virtual time. */
class HubWhatIfTest {
    private static final String CONFIG = """
            route:
              receiver: default
              group_by: [alertname]
              routes:
              - {matchers: ['team="x"'], receiver: x}
              - {matchers: ['team="y"'], receiver: y}
            receivers:
            - {name: default, webhook_configs: [{url: a}]}
            - {name: x, webhook_configs: [{url: b}]}
            - {name: y, webhook_configs: [{url: c}]}
            """;

    private final TestHub hub = TestHub.start(CONFIG);

    HubWhatIfTest() {
        hub.post(
                1,
                alert("Slow", "team", "x", "instance", "1"),
                alert("Slow", "team", "x", "instance", "2"),
                alert("Slow", "team", "y"),
                alert("Full", "team", "z"));
    }

    private Comparison compare(Candidate candidate) {
        WhatIfAnswer answer = hub.whatIf(candidate);
        assertThat(answer).isInstanceOf(WhatIfAnswer.Compared.class);
        return ((WhatIfAnswer.Compared) answer).comparison();
    }

    private Comparison compare(String from, String to) {
        assertThat(CONFIG).contains(from);
        return compare(new Candidate.ConfigurationText(CONFIG.replace(from, to)));
    }

    @Test
    void theSameConfigurationChangesNothing() {
        Comparison same = compare("receivers:", "# defaults that are written out\n  group_wait: 30s\nreceivers:");
        assertThat(same.hasEffect()).isFalse();
        assertThat(same.differences()).isEmpty();
        assertThat(same.sentence()).isEqualTo("Nothing would change for the 4 alerts that fire now.");
    }

    @Test
    void aRouteToAnotherReceiverMovesItsAlerts() {
        Comparison moved = compare("['team=\"x\"'], receiver: x", "['team=\"x\"'], receiver: y");
        assertThat(moved.sentence())
                .isEqualTo("Of the 4 alerts that fire now, 2 would reach other receivers; 1 group would stop notifying"
                        + " and 1 group would start; receiver x would lose all of its 2.");
        assertThat(moved.changedAlerts())
                .extracting(Comparison.AlertChange::lost, Comparison.AlertChange::gained)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(List.of("x"), List.of("y")));
        assertThat(moved.changedAlerts().getFirst().reason())
                .isEqualTo("x is not told any more: no route leads there; y is told anew: a route leads there");
        assertThat(moved.differences())
                .extracting(Object::toString)
                .containsExactly("~ route {}/{team=\"x\"}: receiver x becomes y");
    }

    @Test
    void anotherGroupingTellsTheSameAlertsAgain() {
        Comparison regrouped = compare("group_by: [alertname]", "group_by: [alertname, instance]");
        assertThat(regrouped.alertsChanged()).isZero();
        assertThat(regrouped.alertsToldAgain()).isEqualTo(2);
        assertThat(regrouped.sentence())
                .isEqualTo("2 would be told again because they get into other groups; 1 group would stop notifying and"
                        + " 2 groups would start.");
    }

    @Test
    void aReceiverThatLosesItsIntegrationTellsNobody() {
        Comparison lost = compare("{name: y, webhook_configs: [{url: c}]}", "{name: y}");
        assertThat(lost.receivers()).containsExactly(new Comparison.ReceiverChange("y", 1, 0));
        assertThat(lost.changedGroups().getFirst().reason()).isEqualTo("receiver y has no integration");
        assertThat(lost.differences())
                .extracting(Object::toString)
                .containsExactly("~ receiver y: webhook[0] is removed");
    }

    @Test
    void anInhibitionRuleIsTriedOnTheAlertsThatFire() {
        Comparison inhibited = compare(
                "receivers:",
                "inhibit_rules: [{source_matchers: [alertname=Full], target_matchers: [team=y]}]\nreceivers:");
        assertThat(inhibited.alertsChanged()).isEqualTo(1);
        assertThat(inhibited.changedAlerts().getFirst().reason()).startsWith("y is not told any more: inhibited by ");
    }

    @Test
    void aConfigurationThatCannotBeReadIsRefused() {
        assertThat(hub.whatIf(new Candidate.ConfigurationText("route: {receiver: nobody}")))
                .isInstanceOfSatisfying(
                        WhatIfAnswer.Refused.class,
                        refused -> assertThat(refused.message()).startsWith("undefined receiver \"nobody\""));
    }

    @Test
    void aSilenceTakesAlertsFromTheirReceiver() {
        Comparison silenced = compare(new Candidate.NewSilence(List.of(List.of(Matcher.equal("instance", "1")))));
        assertThat(silenced.sentence())
                .isEqualTo(
                        "Of the 4 alerts that fire now, 1 would reach other receivers; receiver x would lose 1 of 2.");
        assertThat(silenced.groupsStopped()).isZero();
        assertThat(silenced.differences()).isEmpty();
    }

    @Test
    void theEndOfASilenceGivesThemBack() {
        String id = hub.silence(2, 2, 100, "team", "y", false);
        hub.at(3);
        Comparison ended = compare(new Candidate.EndedSilence(id));
        assertThat(ended.groupsStarted()).isEqualTo(1);
        assertThat(ended.changedAlerts().getFirst().reason())
                .isEqualTo("y is told anew: now it is not, silenced by " + id);
        assertThat(hub.whatIf(new Candidate.EndedSilence("none"))).isInstanceOf(WhatIfAnswer.Refused.class);
    }

    @Test
    void thePastIsTriedAsTheJournalTellsIt() {
        hub.at(1000);
        hub.post(1000, alert("Late", "team", "x").from(1000));
        Instant start = hub.time().now().minusSeconds(1000);
        Candidate moved = new Candidate.ConfigurationText(
                CONFIG.replace("['team=\"x\"'], receiver: x", "['team=\"x\"'], receiver: y"));
        Comparison was = compare(new Candidate.InPast(moved, start, start.plusSeconds(500)));
        assertThat(was.alerts()).isEqualTo(4);
        assertThat(was.alertsChanged()).isEqualTo(2);
        assertThat(was.sentence())
                .startsWith("Of the 4 alerts that began between " + start.truncatedTo(ChronoUnit.SECONDS) + " and ");
        Candidate silence = new Candidate.NewSilence(List.of(List.of(Matcher.equal("instance", "1"))));
        assertThat(compare(new Candidate.InPast(silence, start, start.plusSeconds(500)))
                        .alertsChanged())
                .isEqualTo(1);
        assertThat(compare(new Candidate.InPast(silence, start.minusSeconds(9), start))
                        .sentence())
                .startsWith("No alert is known that began between ");
        assertThatThrownBy(() -> new Candidate.InPast(silence, start, start))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
