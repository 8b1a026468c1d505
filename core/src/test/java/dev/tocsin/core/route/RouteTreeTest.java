package dev.tocsin.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.route.RouteWalk.NotTried;
import dev.tocsin.core.route.RouteWalk.PassedOn;
import dev.tocsin.core.route.RouteWalk.Rejected;
import dev.tocsin.core.route.RouteWalk.Selected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTreeTest {
    private static RouteBuilder root() {
        return new RouteBuilder().receiver("default");
    }

    private static List<String> receivers(RouteTree tree, String... labels) {
        return tree.match(LabelSet.of(labels)).stream()
                .map(route -> route.options().receiver())
                .toList();
    }

    @Test
    void theRootTakesWhatNoChildTakes() {
        RouteTree tree = root().child(new RouteBuilder().receiver("x").match("team", "x"))
                .tree();
        assertThat(receivers(tree, "team", "y")).containsExactly("default");
        assertThat(receivers(tree, "team", "x")).containsExactly("x");
    }

    @Test
    void aMatchingChildWithoutContinueEndsTheSearchAmongItsSiblings() {
        RouteTree tree = root().child(
                        new RouteBuilder().receiver("a").match("team", "x").continueMatching())
                .child(new RouteBuilder().receiver("b").match("team", "x"))
                .child(new RouteBuilder().receiver("c").match("team", "x"))
                .tree();
        assertThat(receivers(tree, "team", "x")).containsExactly("a", "b");
    }

    @Test
    void continueDoesNotMakeTheParentAResult() {
        RouteTree tree = root().child(
                        new RouteBuilder().receiver("a").match("team", "x").continueMatching())
                .child(new RouteBuilder().receiver("b").match("team", "y"))
                .tree();
        assertThat(receivers(tree, "team", "x")).containsExactly("a");
    }

    @Test
    void oneAlertMayEndAtSeveralNodesOfOneReceiver() {
        RouteTree tree = root().child(
                        new RouteBuilder().receiver("a").match("team", "x").continueMatching())
                .child(new RouteBuilder().receiver("a").match("team", "x"))
                .tree();
        assertThat(receivers(tree, "team", "x")).containsExactly("a", "a");
    }

    @Test
    void aMatchingNodeWhoseChildrenAllRefuseIsTheResultItself() {
        RouteTree tree = root().child(new RouteBuilder()
                        .receiver("a")
                        .match("team", "x")
                        .child(new RouteBuilder().receiver("deep").match("severity", "page")))
                .tree();
        assertThat(receivers(tree, "team", "x")).containsExactly("a");
        assertThat(receivers(tree, "team", "x", "severity", "page")).containsExactly("deep");
    }

    @Test
    void aMissingLabelCountsAsEmpty() {
        RouteTree tree = root().child(new RouteBuilder().receiver("none").matcher("team", MatchType.EQUAL, ""))
                .child(new RouteBuilder().receiver("not-x").matcher("team", MatchType.NOT_EQUAL, "x"))
                .tree();
        assertThat(receivers(tree, "a", "b")).containsExactly("none");
        assertThat(receivers(tree, "team", "y")).containsExactly("not-x");
    }

    @Test
    void keysJoinSortedMatchersWithoutSpaces() {
        RouteTree tree = root().child(new RouteBuilder()
                        .matcher("we ird", MatchType.EQUAL, "x")
                        .matcher("b", MatchType.NOT_REGEXP, "a\"b")
                        .matcher("a", MatchType.REGEXP, "x|y"))
                .tree();
        Route child = tree.routes().get(1);
        assertThat(child.key()).isEqualTo("{}/{a=~\"x|y\",b!~\"a\\\"b\",\"we ird\"=\"x\"}");
        assertThat(child.groupKey(
                        LabelSet.of("a", "x", "alertname", "W", "q", "a\"b\\c\nd", "we ird", "x", "\u00e9", "\u00fc")))
                .isEqualTo("{}/{a=~\"x|y\",b!~\"a\\\"b\",\"we ird\"=\"x\"}:"
                        + "{a=\"x\", alertname=\"W\", q=\"a\\\"b\\\\c\\nd\", we ird=\"x\", \u00e9=\"\u00fc\"}");
    }

    @Test
    void deprecatedRegularExpressionsShowTheirAnchoredForm() {
        RouteTree tree = root().child(new RouteBuilder().receiver("r").matchRe("baz", "a.*|b"))
                .tree();
        assertThat(tree.routes().get(1).key()).isEqualTo("{}/{baz=~\"^(?:a.*|b)$\"}");
        assertThat(receivers(tree, "baz", "abc")).containsExactly("r");
        assertThat(receivers(tree, "baz", "b")).containsExactly("r");
        assertThat(receivers(tree, "baz", "xb")).containsExactly("default");
        assertThat(receivers(tree, "baz", "bx")).containsExactly("default");
    }

    @Test
    void deprecatedFormsAndMatchersCombine() {
        RouteTree tree = root().child(new RouteBuilder()
                        .receiver("r")
                        .match("m", "1")
                        .matchRe("r", "2.")
                        .matcher("x", MatchType.NOT_EQUAL, "3"))
                .tree();
        assertThat(tree.routes().get(1).key()).isEqualTo("{}/{m=\"1\",r=~\"^(?:2.)$\",x!=\"3\"}");
        assertThat(receivers(tree, "m", "1", "r", "22")).containsExactly("r");
        assertThat(receivers(tree, "m", "1", "r", "22", "x", "3")).containsExactly("default");
    }

    @Test
    void idsTellSiblingsWithEqualMatchersApart() {
        RouteTree tree = root().child(new RouteBuilder()
                        .match("team", "x")
                        .continueMatching()
                        .child(new RouteBuilder().match("a", "b")))
                .child(new RouteBuilder().match("team", "x"))
                .tree();
        assertThat(tree.routes())
                .extracting(Route::id)
                .containsExactly("{}", "{}/{team=\"x\"}/0", "{}/{team=\"x\"}/0/{a=\"b\"}/0", "{}/{team=\"x\"}/1");
        assertThat(tree.routes())
                .extracting(Route::key)
                .containsExactly("{}", "{}/{team=\"x\"}", "{}/{team=\"x\"}/{a=\"b\"}", "{}/{team=\"x\"}");
        for (int i = 0; i < tree.routes().size(); i++) {
            assertThat(tree.routes().get(i).number()).isEqualTo(i);
        }
    }

    @Test
    void absentSettingsAreInheritedAndTheRootHasDefaults() {
        RouteTree tree = root().groupBy("b", "a")
                .wait(Duration.ZERO)
                .child(new RouteBuilder()
                        .interval(Duration.ofMinutes(1))
                        .child(new RouteBuilder().repeat(Duration.ofMinutes(2)).receiver("leaf")))
                .tree();
        assertThat(tree.root().options())
                .isEqualTo(new RouteOptions(
                        "default",
                        false,
                        List.of("a", "b"),
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        Duration.ofHours(4),
                        List.of(),
                        List.of(),
                        Map.of()));
        assertThat(tree.routes().get(2).options())
                .isEqualTo(new RouteOptions(
                        "leaf",
                        false,
                        List.of("a", "b"),
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        List.of(),
                        List.of(),
                        Map.of()));
        assertThat(root().tree().root().options().groupWait()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void timeIntervalsAreNotInherited() {
        RouteTree tree = root().child(
                        new RouteBuilder().mute("night").active("day").child(new RouteBuilder()))
                .tree();
        assertThat(tree.routes().get(1).options().muteTimeIntervals()).containsExactly("night");
        assertThat(tree.routes().get(1).options().activeTimeIntervals()).containsExactly("day");
        assertThat(tree.routes().get(2).options().muteTimeIntervals()).isEmpty();
        assertThat(tree.routes().get(2).options().activeTimeIntervals()).isEmpty();
    }

    @Test
    void routeLabelsMergeAndTheChildWins() {
        RouteTree tree = root().labels(Map.of("team", "all", "tier", "1"))
                .child(new RouteBuilder().labels(Map.of("team", "x")))
                .tree();
        assertThat(tree.routes().get(1).options().labels()).isEqualTo(Map.of("team", "x", "tier", "1"));
    }

    @Test
    void groupingByAllLabelsIsInheritedUntilAChildNamesItsOwn() {
        RouteTree tree = root().groupBy("...")
                .child(new RouteBuilder().child(new RouteBuilder().groupBy()).child(new RouteBuilder().groupBy("a")))
                .tree();
        LabelSet labels = LabelSet.of("a", "1", "b", "2");
        assertThat(tree.routes())
                .extracting(route -> route.groupLabels(labels))
                .containsExactly(labels, labels, LabelSet.EMPTY, LabelSet.of("a", "1"));
    }

    @Test
    void labelsThatTheAlertLacksAreAbsentFromTheGroup() {
        Route route = root().groupBy("zone", "alertname", "job").tree().root();
        assertThat(route.groupLabels(LabelSet.of("alertname", "A", "host", "h", "zone", "z")))
                .isEqualTo(LabelSet.of("alertname", "A", "zone", "z"));
        assertThat(route.groupLabels(LabelSet.of("host", "h"))).isEqualTo(LabelSet.EMPTY);
        assertThat(route.groupLabels(LabelSet.EMPTY)).isEqualTo(LabelSet.EMPTY);
    }

    @Test
    void theExplanationNamesEveryNodeAndWhy() {
        RouteTree tree = root().child(
                        new RouteBuilder().receiver("a").match("team", "y").match("zone", "1"))
                .child(new RouteBuilder().receiver("b").match("team", "x"))
                .child(new RouteBuilder().receiver("c").child(new RouteBuilder()))
                .tree();
        RouteWalk walk = tree.explain(LabelSet.of("team", "x", "zone", "1"));
        assertThat(walk.conclusion()).isEqualTo(new PassedOn());
        assertThat(walk.children())
                .extracting(RouteWalk::conclusion)
                .containsExactly(
                        new Rejected(),
                        new Selected(),
                        new NotTried(tree.routes().get(2)));
        assertThat(walk.children().get(0).matchers())
                .extracting(RouteWalk.MatcherVerdict::matches)
                .containsExactly(false, true);
        assertThat(walk.children().get(0).matchers().get(0).value()).isEqualTo("x");
        assertThat(walk.selected()).containsExactly(tree.routes().get(2));
    }

    @Test
    void theReceiversOfATreeAreThoseItsNodesName() {
        RouteTree tree = root().child(new RouteBuilder().receiver("a"))
                .child(new RouteBuilder())
                .tree();
        assertThat(tree.receivers()).containsExactly("default", "a");
    }

    @Test
    void aRegularExpressionThatSlippedThroughTheCheckIsABug() {
        RouteBuilder broken = root().child(new RouteBuilder().matchRe("a", "("));
        assertThatThrownBy(broken::tree)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("error parsing regexp");
    }
}
