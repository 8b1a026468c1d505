package dev.tocsin.core.route;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.label.Utf8Order;
import dev.tocsin.core.matcher.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of the routing tree with everything it inherits resolved. Immutable; safe for all threads. Two nodes are
 * equal only if they are the same node.
 */
public final class Route {
    private final int number;
    private final String key;
    private final String id;
    private final List<Matcher> matchers;
    private final boolean continueMatching;
    private final RouteOptions options;
    private final OptionOrigins origins;
    private final String[] groupBy;
    private final List<Route> children;

    Route(
            int number,
            String key,
            String id,
            List<Matcher> matchers,
            boolean continueMatching,
            RouteOptions options,
            OptionOrigins origins,
            List<Route> children) {
        this.number = number;
        this.key = key;
        this.id = id;
        this.matchers = List.copyOf(matchers);
        this.continueMatching = continueMatching;
        this.options = options;
        this.origins = origins;
        this.groupBy = options.groupBy().toArray(String[]::new);
        this.children = List.copyOf(children);
    }

    /** The node's place in the tree, counted from 0 at the root, parents before children, siblings in order. */
    public int number() {
        return number;
    }

    /** The first part of the group keys below this node: <code>{}/{team="x"}</code>. Siblings may share it. */
    public String key() {
        return key;
    }

    /** As {@link #key()}, with each node's index among its siblings, so that it is unique: <code>{}/{team="x"}/0</code>. */
    public String id() {
        return id;
    }

    /** All conditions of this node itself, the deprecated forms included, sorted; empty at the root. */
    public List<Matcher> matchers() {
        return matchers;
    }

    /** Whether siblings after this node are tried although it matched. */
    public boolean continueMatching() {
        return continueMatching;
    }

    /** What is done with alerts that end here. */
    public RouteOptions options() {
        return options;
    }

    /** From which nodes the options are inherited. */
    public OptionOrigins origins() {
        return origins;
    }

    /** The children, in order; may be empty. */
    public List<Route> children() {
        return children;
    }

    /** The labels of an alert by which this node groups it; labels that the alert lacks are absent. */
    public LabelSet groupLabels(LabelSet labels) {
        if (options.groupByAll()) {
            return labels;
        }
        if (groupBy.length == 0) {
            return LabelSet.EMPTY;
        }
        String[] pairs = new String[groupBy.length * 2];
        int filled = 0;
        int at = 0;
        for (String name : groupBy) {
            int order = -1;
            while (at < labels.size() && (order = Utf8Order.compare(labels.name(at), name)) < 0) {
                at++;
            }
            if (at == labels.size()) {
                break;
            }
            if (order == 0) {
                pairs[filled++] = labels.name(at);
                pairs[filled++] = labels.value(at);
            }
        }
        if (filled == 2 * labels.size()) {
            return labels;
        }
        return LabelSet.ofPairs(filled == pairs.length ? pairs : Arrays.copyOf(pairs, filled));
    }

    /** The key of the group with {@code groupLabels} at this node (contract section 5.1). */
    public String groupKey(LabelSet groupLabels) {
        return key + ":" + groupLabels;
    }

    /**
     * Adds the nodes at which an alert ends to {@code selected}, depth first.
     *
     * @param trace hears of every node if it is not null
     * @return whether this node's own matchers match
     */
    boolean select(LabelSet labels, List<Route> selected, @Nullable Trace trace) {
        if (!accepts(labels, trace)) {
            return false;
        }
        int before = selected.size();
        @Nullable Route stoppedBy = null;
        for (int i = 0; i < children.size(); i++) {
            Route child = children.get(i);
            if (stoppedBy != null) {
                if (trace == null) {
                    break;
                }
                trace.notTried(child, stoppedBy);
                continue;
            }
            boolean matched = child.select(labels, selected, trace == null ? null : trace.child(child));
            if (matched && !child.continueMatching) {
                stoppedBy = child;
            }
        }
        if (selected.size() == before) {
            selected.add(this);
            if (trace != null) {
                trace.conclude(new RouteWalk.Selected());
            }
        } else if (trace != null) {
            trace.conclude(new RouteWalk.PassedOn());
        }
        return true;
    }

    private boolean accepts(LabelSet labels, @Nullable Trace trace) {
        boolean all = true;
        for (int i = 0; i < matchers.size(); i++) {
            Matcher matcher = matchers.get(i);
            boolean matches = matcher.matches(labels);
            all &= matches;
            if (trace != null) {
                trace.matcher(new RouteWalk.MatcherVerdict(matcher, labels.get(matcher.name()), matches));
            } else if (!matches) {
                return false;
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return id;
    }

    /** Collects what {@link #select} finds out, for people. */
    static final class Trace {
        private final Route route;
        private final List<RouteWalk.MatcherVerdict> matchers = new ArrayList<>();
        private final List<Trace> children = new ArrayList<>();
        private RouteWalk.Conclusion conclusion = new RouteWalk.Rejected();

        Trace(Route route) {
            this.route = route;
        }

        private Trace child(Route child) {
            Trace trace = new Trace(child);
            children.add(trace);
            return trace;
        }

        private void matcher(RouteWalk.MatcherVerdict verdict) {
            matchers.add(verdict);
        }

        private void notTried(Route child, Route stoppedBy) {
            child(child).conclude(new RouteWalk.NotTried(stoppedBy));
        }

        private void conclude(RouteWalk.Conclusion reached) {
            conclusion = reached;
        }

        RouteWalk toWalk() {
            List<RouteWalk> below = new ArrayList<>(children.size());
            for (Trace child : children) {
                below.add(child.toWalk());
            }
            return new RouteWalk(route, matchers, conclusion, below);
        }
    }
}
