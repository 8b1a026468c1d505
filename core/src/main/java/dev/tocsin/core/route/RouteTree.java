package dev.tocsin.core.route;

import dev.tocsin.core.config.RouteConfig;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.label.Utf8Order;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routing tree of one configuration (contract section 2.6). Immutable; safe for all threads. */
public final class RouteTree {
    private static final RouteOptions DEFAULTS = new RouteOptions(
            "",
            false,
            List.of(),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofHours(4),
            List.of(),
            List.of(),
            Map.of());

    private final Route root;
    private final List<Route> routes;

    /**
     * Resolves inheritance, keys and ids.
     *
     * @param config the root node of a configuration that was checked
     * @throws IllegalArgumentException if a deprecated matcher is no regular expression, which the check would have found
     */
    public RouteTree(RouteConfig config) {
        List<@Nullable Route> numbered = new ArrayList<>();
        this.root = build(config, DEFAULTS, OptionOrigins.DEFAULTS, "", "", -1, numbered);
        List<Route> all = new ArrayList<>(numbered.size());
        for (Route route : numbered) {
            if (route != null) {
                all.add(route);
            }
        }
        this.routes = List.copyOf(all);
    }

    private static Route build(
            RouteConfig config,
            RouteOptions inherited,
            OptionOrigins inheritedFrom,
            String parentKey,
            String parentId,
            int index,
            List<@Nullable Route> numbered) {
        List<Matcher> matchers = matchers(config);
        boolean isRoot = index < 0;
        String text = text(matchers);
        String key = isRoot ? text : parentKey + "/" + text;
        String id = isRoot ? text : parentId + "/" + text + "/" + index;
        RouteOptions options = resolve(config, inherited);
        OptionOrigins origins = origins(config, id, inheritedFrom);
        int number = numbered.size();
        numbered.add(null);
        List<Route> children = new ArrayList<>();
        for (int i = 0; i < config.routes().size(); i++) {
            children.add(build(config.routes().get(i), options, origins, key, id, i, numbered));
        }
        Route route = new Route(number, key, id, matchers, config.continueMatching(), options, origins, children);
        numbered.set(number, route);
        return route;
    }

    private static List<Matcher> matchers(RouteConfig config) {
        List<Matcher> matchers = new ArrayList<>(config.matchers());
        config.match().forEach((name, value) -> matchers.add(Matcher.equal(name, value)));
        config.matchRe().forEach((name, value) -> matchers.add(anchored(name, value)));
        Collections.sort(matchers);
        return matchers;
    }

    /** Group keys show deprecated regular expressions in their anchored form, so the matcher holds it as its value. */
    private static Matcher anchored(String name, String regex) {
        try {
            return Matcher.of(name, MatchType.REGEXP, "^(?:" + regex + ")$");
        } catch (InvalidMatcherException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String text(List<Matcher> matchers) {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < matchers.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(matchers.get(i));
        }
        return out.append('}').toString();
    }

    private static OptionOrigins origins(RouteConfig config, String id, OptionOrigins inherited) {
        return new OptionOrigins(
                sets(config.receiver()) ? id : inherited.receiver(),
                config.groupBy() != null ? id : inherited.groupBy(),
                config.groupWait() != null ? id : inherited.groupWait(),
                config.groupInterval() != null ? id : inherited.groupInterval(),
                config.repeatInterval() != null ? id : inherited.repeatInterval());
    }

    private static boolean sets(@Nullable String receiver) {
        return receiver != null && !receiver.isEmpty();
    }

    private static RouteOptions resolve(RouteConfig config, RouteOptions inherited) {
        List<String> groupBy = config.groupBy();
        boolean all = groupBy == null ? inherited.groupByAll() : groupBy.contains("...");
        List<String> names = new ArrayList<>();
        if (!all) {
            names.addAll(groupBy == null ? inherited.groupBy() : groupBy);
            names.sort(Utf8Order.COMPARATOR);
        }
        Map<String, String> labels = new HashMap<>(inherited.labels());
        labels.putAll(config.labels());
        String receiver = config.receiver();
        return new RouteOptions(
                receiver == null || receiver.isEmpty() ? inherited.receiver() : receiver,
                all,
                names,
                orElse(config.groupWait(), inherited.groupWait()),
                orElse(config.groupInterval(), inherited.groupInterval()),
                orElse(config.repeatInterval(), inherited.repeatInterval()),
                config.muteTimeIntervals(),
                config.activeTimeIntervals(),
                labels);
    }

    private static Duration orElse(@Nullable Duration own, Duration inherited) {
        return own == null ? inherited : own;
    }

    /** The root node, which matches every alert. */
    public Route root() {
        return root;
    }

    /** All nodes; each stands at the index that is its number. */
    public List<Route> routes() {
        return routes;
    }

    /**
     * The nodes at which an alert with {@code labels} ends, in route order; at least one. Each is a group of its own, also
     * if several name the same receiver.
     */
    public List<Route> match(LabelSet labels) {
        List<Route> selected = new ArrayList<>(2);
        root.select(labels, selected, null);
        return selected;
    }

    /** As {@link #match}, with what became of every node. */
    public RouteWalk explain(LabelSet labels) {
        Route.Trace trace = new Route.Trace(root);
        root.select(labels, new ArrayList<>(2), trace);
        return trace.toWalk();
    }

    /** The names of all receivers that a node names, in route order without repetitions. */
    public Set<String> receivers() {
        Set<String> names = new LinkedHashSet<>();
        for (Route route : routes) {
            names.add(route.options().receiver());
        }
        return Collections.unmodifiableSet(names);
    }
}
