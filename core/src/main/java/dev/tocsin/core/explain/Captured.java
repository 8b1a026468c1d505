package dev.tocsin.core.explain;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.route.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the hub loop knew when it was asked. Immutable but for the groups, which any thread may read.
 *
 * @param labels null if only the fingerprint is known
 * @param alert as it is stored, or null; always null for the past
 * @param past whether {@code at} is not now
 * @param inForce null before the first configuration
 * @param places where the alert ends, in route order; at most {@link Explainer#MAX_GROUPS}
 * @param morePlaces how many more there are
 * @param replicas names of nodes by replica id
 * @param hindrance why this node may not notify; empty if it may
 * @param trouble what is wrong with the configuration file; empty if nothing is
 */
record Captured(
        long fingerprint,
        @Nullable LabelSet labels,
        @Nullable Alert alert,
        Instant at,
        boolean past,
        @Nullable InForce inForce,
        List<Place> places,
        int morePlaces,
        String self,
        Map<Long, String> replicas,
        String hindrance,
        String trouble) {

    /**
     * A node of the tree at which the alert ends.
     *
     * @param group null if there is none, which is when {@code moment} is null
     */
    record Place(
            Route route,
            LabelSet groupLabels,
            String groupKey,
            @Nullable AggregationGroup group,
            @Nullable GroupMoment moment,
            List<String> order) {}

    static Captured past(
            long fingerprint, @Nullable LabelSet labels, Instant at, @Nullable InForce inForce, Nodes nodes) {
        return new Captured(
                fingerprint, labels, null, at, true, inForce, List.of(), 0, nodes.self(), nodes.replicas(), "", "");
    }

    /** Looks. On the hub loop. */
    static Captured now(
            long fingerprint,
            @Nullable LabelSet labels,
            @Nullable Alert alert,
            Instant at,
            @Nullable InForce inForce,
            Nodes nodes,
            String trouble) {
        List<Place> places = new ArrayList<>();
        int more = 0;
        if (inForce != null && labels != null) {
            List<Route> routes = inForce.dispatcher().routes().match(labels);
            for (Route route : routes.subList(0, Math.min(routes.size(), Explainer.MAX_GROUPS))) {
                places.add(place(inForce, route, labels, nodes));
            }
            more = routes.size() - places.size();
        }
        return new Captured(
                fingerprint,
                labels,
                alert,
                at,
                false,
                inForce,
                places,
                more,
                nodes.self(),
                nodes.replicas(),
                nodes.hindrance(),
                trouble);
    }

    private static Place place(InForce inForce, Route route, LabelSet labels, Nodes nodes) {
        LabelSet groupLabels = route.groupLabels(labels);
        String key = route.groupKey(groupLabels);
        AggregationGroup group = inForce.dispatcher().find(new GroupId(route.id(), key));
        return new Place(
                route, groupLabels, key, group, group == null ? null : group.moment(), List.copyOf(nodes.order(key)));
    }

    /** The name of the node with this replica id; its default name if it is not known. */
    String node(long replica) {
        String name = replicas.get(replica);
        if (name == null) {
            return NodeNames.defaultName(replica);
        }
        return name.isEmpty() ? "this node" : name;
    }
}
