package dev.tocsin.core.explain;

import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an alert at one node of the routing tree at which it ends.
 *
 * @param route the node; its options and where they are inherited from
 * @param groupKey the key of the alert's group there
 * @param labels the group's labels
 * @param member whether the alert is in the group
 * @param size how many alerts the group holds; 0 if there is no such group
 * @param moment the group's timer; null if there is no such group
 * @param order the nodes that may flush it, the first one's turn comes first; empty if no node may
 * @param stages what every stage says of the alert, in order
 * @param integrations what every integration of the receiver has heard and will hear; may be empty
 * @param cause what matters most
 * @param text the same in words, without a full stop
 */
public record GroupExplanation(
        Route route,
        String groupKey,
        LabelSet labels,
        boolean member,
        int size,
        @Nullable GroupMoment moment,
        List<String> order,
        List<StageVerdict> stages,
        List<IntegrationExplanation> integrations,
        Cause cause,
        String text) {
    /** Copies the lists. */
    public GroupExplanation {
        order = List.copyOf(order);
        stages = List.copyOf(stages);
        integrations = List.copyOf(integrations);
    }

    /** The receiver's name. */
    public String receiver() {
        return route.options().receiver();
    }
}
