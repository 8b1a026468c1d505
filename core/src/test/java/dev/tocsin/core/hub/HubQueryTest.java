package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.matcher.Matcher;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HubQueryTest {
    private static final String CONFIG = """
            route:
              receiver: default
              group_by: [cluster]
              group_wait: 1s
              routes:
              - {receiver: x, matchers: [team="x"], continue: true}
              - {receiver: y, matchers: [team=~"x|y"], group_by: [alertname]}
            receivers:
            - {name: default, webhook_configs: [{url: d}]}
            - {name: x, labels: {tier: "1"}, webhook_configs: [{url: x}]}
            - {name: y, labels: {tier: "2"}, webhook_configs: [{url: y}]}
            inhibit_rules:
            - {source_matchers: [alertname="Source"], target_matchers: [alertname="Target"]}
            """;

    private static AlertFilter filter(boolean active, boolean silenced, boolean inhibited) {
        return new AlertFilter(active, silenced, inhibited, true, List.of(), name -> true, List.of());
    }

    private static AlertFilter receivers(Predicate<String> name, List<Matcher> matchers) {
        return new AlertFilter(true, true, true, true, List.of(), name, matchers);
    }

    private static AlertFilter matching(Matcher... matchers) {
        return new AlertFilter(true, true, true, true, List.of(matchers), name -> true, List.of());
    }

    private static List<String> names(List<AlertView> views) {
        return views.stream().map(view -> view.alert().name()).sorted().toList();
    }

    @Test
    void silencesAndInhibitionShowAtOnce() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(0, alert("Target"));
        assertThat(hub.hub().alerts(AlertFilter.ALL).getFirst().state()).isEqualTo("active");
        String id = hub.silence(1, 1, 100, "alertname", "Target", false);
        AlertView silenced = hub.hub().alerts(AlertFilter.ALL).getFirst();
        assertThat(silenced.state()).isEqualTo("suppressed");
        assertThat(silenced.silencedBy()).containsExactly(id);
        hub.post(2, alert("Source"));
        AlertView both = target(hub);
        assertThat(both.silencedBy()).containsExactly(id);
        assertThat(both.inhibitedBy()).containsExactly(alert("Source").labels().fingerprintText());
        hub.expire(3, id);
        assertThat(target(hub).silencedBy()).isEmpty();
        assertThat(target(hub).state()).isEqualTo("suppressed");
    }

    private static AlertView target(TestHub hub) {
        return hub.hub().alerts(matching(Matcher.equal("alertname", "Target"))).getFirst();
    }

    @Test
    void alertsAreSortedByFingerprintAndNameAllTheirReceivers() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(0, alert("A", "team", "x"), alert("B", "team", "y"), alert("C"), alert("D"), alert("E"));
        List<AlertView> views = hub.hub().alerts(AlertFilter.ALL);
        assertThat(views)
                .extracting(view -> view.alert().labels().fingerprintText())
                .isSorted()
                .hasSize(5);
        assertThat(views.stream().filter(view -> view.alert().name().equals("A")))
                .singleElement()
                .satisfies(view -> assertThat(view.receivers()).containsExactly("x", "y"));
    }

    @Test
    void statusFlagsDropWhatIsNotAskedFor() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(0, alert("Source"), alert("Target"), alert("Quiet"), alert("Loud"));
        hub.silence(1, 1, 100, "alertname", "Quiet", false);
        assertThat(names(hub.hub().alerts(filter(false, true, true)))).containsExactly("Quiet", "Target");
        assertThat(names(hub.hub().alerts(filter(true, false, true)))).containsExactly("Loud", "Source", "Target");
        assertThat(names(hub.hub().alerts(filter(true, true, false)))).containsExactly("Loud", "Quiet", "Source");
        assertThat(names(hub.hub().alerts(filter(false, false, false)))).isEmpty();
    }

    @Test
    void matchersCombine() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(0, alert("A", "team", "x"), alert("A", "team", "y"), alert("B", "team", "x"));
        assertThat(hub.hub().alerts(matching(Matcher.equal("alertname", "A"), Matcher.equal("team", "x"))))
                .hasSize(1);
    }

    @Test
    void receiverFiltersLookAtAllReceiversOfAnAlert() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(0, alert("A", "team", "x"), alert("B", "team", "y"), alert("C"));
        assertThat(names(hub.hub().alerts(receivers("y"::equals, List.of())))).containsExactly("A", "B");
        assertThat(names(hub.hub().alerts(receivers(name -> true, List.of(Matcher.equal("tier", "1"))))))
                .containsExactly("A");
        assertThat(names(hub.hub().alerts(receivers("y"::equals, List.of(Matcher.equal("tier", "1"))))))
                .as("the name may be one receiver's, the label another's")
                .containsExactly("A");
        assertThat(names(hub.hub().alerts(receivers(name -> true, List.of(Matcher.equal("name", "default"))))))
                .containsExactly("C");
    }

    @Test
    void alertsThatHaveEndedAreHiddenAlthoughTheirGroupHoldsThem() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(0, alert("A").from(0).to(0.5));
        assertThat(hub.hub().alerts(AlertFilter.ALL)).hasSize(1);
        hub.at(0.6);
        assertThat(hub.hub().alerts(AlertFilter.ALL)).isEmpty();
        assertThat(hub.hub().groups(AlertFilter.ALL)).isEmpty();
    }

    @Test
    void groupsAreSortedByLabelsThenReceiver() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(
                0,
                alert("B", "team", "x", "cluster", "c2"),
                alert("A", "team", "y"),
                alert("C", "cluster", "c1"),
                alert("D"));
        assertThat(hub.hub().groups(AlertFilter.ALL))
                .extracting(group -> group.receiver() + group.labels())
                .containsExactly(
                        "default{}",
                        "default{cluster=\"c1\"}",
                        "x{cluster=\"c2\"}",
                        "y{alertname=\"A\"}",
                        "y{alertname=\"B\"}");
    }

    @Test
    void receiverFiltersChooseRoutesOfGroups() {
        TestHub hub = TestHub.start(CONFIG);
        hub.post(0, alert("A", "team", "x"));
        assertThat(hub.hub().groups(AlertFilter.ALL))
                .allSatisfy(group ->
                        assertThat(group.alerts().getFirst().receivers()).containsExactly("x", "y"));
        List<GroupView> groups = hub.hub().groups(receivers("y"::equals, List.of()));
        assertThat(groups).extracting(GroupView::receiver).containsExactly("y");
        assertThat(groups.getFirst().alerts().getFirst().receivers()).containsExactly("y");
        assertThat(hub.hub().groups(receivers("y"::equals, List.of(Matcher.equal("tier", "1")))))
                .isEmpty();
    }

    @Test
    void mutedGroupsCanBeLeftOut() {
        TestHub hub = TestHub.start("""
                route:
                  receiver: default
                  routes: [{matchers: [alertname="off"], mute_time_intervals: [always], group_wait: 1s}]
                receivers: [{name: default, webhook_configs: [{url: a}]}]
                time_intervals: [{name: always, time_intervals: [{}, {}]}]
                """);
        hub.post(0, alert("off"), alert("on"));
        hub.at(2);
        AlertFilter notMuted = new AlertFilter(true, true, true, false, List.of(), name -> true, List.of());
        assertThat(hub.hub().groups(notMuted))
                .flatExtracting(GroupView::alerts)
                .extracting(view -> view.alert().name())
                .containsExactly("on");
        AlertFilter notActive = new AlertFilter(false, true, true, true, List.of(), name -> true, List.of());
        assertThat(hub.hub().groups(notActive))
                .as("time does not make an alert inactive")
                .isEmpty();
        assertThat(hub.hub().groups(AlertFilter.ALL))
                .flatExtracting(GroupView::alerts)
                .extracting(AlertView::mutedBy)
                .contains(List.of("always", "always"));
    }

    @Test
    void receiversAndStatusShowTheConfigurationInForce() {
        TestHub hub = TestHub.start(CONFIG);
        assertThat(hub.hub().receivers()).extracting(ReceiverConfig::name).containsExactly("default", "x", "y");
        HubStatus status = hub.hub().status();
        assertThat(status.nodeName()).isEqualTo("n1");
        assertThat(status.clusterStatus()).isEqualTo("ready");
        assertThat(status.peers()).containsExactly(new HubStatus.Peer("n1", "192.0.2.9:9094"));
        assertThat(status.configText()).contains("receiver: default");
        assertThat(status.startedAt()).isEqualTo(hub.time().now());
    }

    @Test
    void routeLabelsAreRenderedForTheGroupAndForItsReceiver() {
        TestHub hub = TestHub.start("""
                route:
                  receiver: team
                  group_by: [alertname]
                  group_wait: 1s
                  labels: {who: '{{ .GroupLabels.alertname }}/{{ len .Alerts }}', plain: text, bad: '{{ .Nope }}'}
                receivers: [{name: team, webhook_configs: [{url: 'http://team'}]}]
                """);
        hub.post(0, alert("A", "n", "1"), alert("A", "n", "2"));
        Map<String, String> expected = Map.of("who", "A/2", "plain", "text");

        assertThat(hub.hub().groups(AlertFilter.ALL))
                .singleElement()
                .satisfies(group -> assertThat(group.routeLabels()).isEqualTo(expected));
        hub.at(5);
        assertThat(hub.receivers().at("http://team").notifications())
                .singleElement()
                .satisfies(
                        notification -> assertThat(notification.routeLabels()).isEqualTo(expected));
    }
}
