package dev.tocsin.core.route;

import dev.tocsin.core.matcher.Matcher;
import java.util.ArrayList;
import java.util.List;

/**
 * Why an alert ends where it does: the routing tree with what became of each node. Made by the same code as the routing
 * itself, so the two cannot disagree.
 *
 * @param route the node
 * @param matchers what each of the node's own matchers said, in their order; empty at the root and for nodes not tried
 * @param conclusion what became of the node
 * @param children the same for the node's children, in order; empty unless the node matched
 */
public record RouteWalk(Route route, List<MatcherVerdict> matchers, Conclusion conclusion, List<RouteWalk> children) {
    /** Copies the lists. */
    public RouteWalk {
        matchers = List.copyOf(matchers);
        children = List.copyOf(children);
    }

    /**
     * What one matcher said.
     *
     * @param value the alert's value of the matcher's label; empty if the label is missing
     */
    public record MatcherVerdict(Matcher matcher, String value, boolean matches) {}

    /** What became of a node. */
    public sealed interface Conclusion {}

    /** The node matched and none of its children did: the alert ends here. */
    public record Selected() implements Conclusion {}

    /** The node matched and so did at least one child, which took the alert. */
    public record PassedOn() implements Conclusion {}

    /** At least one of the node's matchers does not match. */
    public record Rejected() implements Conclusion {}

    /**
     * The node was not looked at.
     *
     * @param stoppedBy the sibling before it that matched without {@code continue}
     */
    public record NotTried(Route stoppedBy) implements Conclusion {}

    /** The nodes at which the alert ends, in route order: what {@link RouteTree#match} returns. */
    public List<Route> selected() {
        List<Route> found = new ArrayList<>();
        collect(found);
        return found;
    }

    private void collect(List<Route> found) {
        if (conclusion instanceof Selected) {
            found.add(route);
        }
        for (RouteWalk child : children) {
            child.collect(found);
        }
    }
}
