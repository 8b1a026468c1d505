package dev.tocsin.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.RouteConfig;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.route.RouteWalk.MatcherVerdict;
import dev.tocsin.core.route.RouteWalk.NotTried;
import dev.tocsin.core.route.RouteWalk.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RouteTreeProperties {
    private static final String[] NAMES = {"a", "b", "c"};

    private static RouteBuilder node(Random random, int depth) {
        RouteBuilder node = new RouteBuilder();
        int children = depth == 0 ? 0 : random.nextInt(4);
        for (int i = 0; i < children; i++) {
            RouteBuilder child = node(random, depth - 1);
            int matchers = random.nextInt(3);
            for (int m = 0; m < matchers; m++) {
                child.matcher(
                        NAMES[random.nextInt(NAMES.length)],
                        MatchType.of(random.nextBoolean(), random.nextBoolean()),
                        random.nextBoolean() ? "" : String.valueOf(random.nextInt(2)));
            }
            if (random.nextBoolean()) {
                child.continueMatching();
            }
            node.child(child);
        }
        return node;
    }

    private static LabelSet labels(Random random) {
        List<String> pairs = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                pairs.add(name);
                pairs.add(String.valueOf(random.nextInt(2)));
            }
        }
        return LabelSet.of(pairs.toArray(String[]::new));
    }

    /** The rule of the contract, written down a second time as plainly as possible. */
    private static List<String> model(RouteConfig config, String id, LabelSet labels) {
        if (!config.matchers().stream().allMatch(matcher -> matcher.matches(labels))) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < config.routes().size(); i++) {
            RouteConfig child = config.routes().get(i);
            List<String> below = model(child, id + "." + i, labels);
            found.addAll(below);
            if (!below.isEmpty() && !child.continueMatching()) {
                break;
            }
        }
        return found.isEmpty() ? List.of(id) : found;
    }

    private static List<String> paths(RouteTree tree, List<Route> selected) {
        List<String> all = new ArrayList<>();
        name(tree.root(), "", all);
        return selected.stream().map(route -> all.get(route.number())).toList();
    }

    private static void name(Route route, String path, List<String> all) {
        all.add(path);
        for (int i = 0; i < route.children().size(); i++) {
            name(route.children().get(i), path + "." + i, all);
        }
    }

    @Property(tries = 2000)
    void routingFollowsTheRuleAndTheReasonsAgreeWithIt(@ForAll long seed) {
        Random random = new Random(seed);
        RouteConfig config = node(random, 3).config();
        RouteTree tree = new RouteTree(config);
        LabelSet labels = labels(random);
        List<Route> matched = tree.match(labels);
        RouteWalk walk = tree.explain(labels);
        assertThat(paths(tree, matched)).isEqualTo(model(config, "", labels));
        assertThat(walk.selected()).isEqualTo(matched);
        check(walk);
    }

    private static void check(RouteWalk walk) {
        boolean accepted = walk.matchers().stream().allMatch(MatcherVerdict::matches);
        if (!(walk.conclusion() instanceof NotTried)) {
            assertThat(walk.conclusion() instanceof Rejected).isEqualTo(!accepted);
        }
        if (!walk.children().isEmpty()) {
            assertThat(walk.children()).hasSameSizeAs(walk.route().children());
        }
        walk.children().forEach(RouteTreeProperties::check);
    }
}
