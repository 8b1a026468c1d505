package dev.tocsin.core.explain;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.RouteWalk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an alert was notified or not.
 *
 * @param sentence the answer in one plain sentence
 * @param cause the answer in one word
 * @param fingerprint the alert's
 * @param labels the alert's; null if only the fingerprint is known
 * @param at the time that is explained
 * @param past whether that is not now: then there are only standing, history and notes, all from the journals
 * @param node the name of the node that answers; empty if it has none
 * @param standing whether the alert is there
 * @param routes the routing tree with what became of each node; null if the labels are not known
 * @param groups what becomes of the alert at each node at which it ends, in route order; at most
 *     {@link Explainer#MAX_GROUPS}
 * @param moreGroups how many more such nodes there are
 * @param history what the journals tell, newest first; at most {@link Explainer#MAX_HISTORY}
 * @param notes what else one should know, such as that the latest configuration was refused
 * @param silentNodes names of the nodes whose journals were asked and did not answer
 */
public record Explanation(
        String sentence,
        Cause cause,
        long fingerprint,
        @Nullable LabelSet labels,
        Instant at,
        boolean past,
        String node,
        Standing standing,
        @Nullable RouteWalk routes,
        List<GroupExplanation> groups,
        int moreGroups,
        List<HistoryLine> history,
        List<String> notes,
        List<String> silentNodes) {
    /** Copies the lists. */
    public Explanation {
        groups = List.copyOf(groups);
        history = List.copyOf(history);
        notes = List.copyOf(notes);
        silentNodes = List.copyOf(silentNodes);
    }
}
