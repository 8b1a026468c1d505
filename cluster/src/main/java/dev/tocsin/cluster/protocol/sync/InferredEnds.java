package dev.tocsin.cluster.protocol.sync;

import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.store.AlertStore;
import java.time.Duration;

/**
 * Whether this node believes that an alert has ended because nobody says that it goes on. It does only in a majority:
 * senders may well reach the other side. On the hub loop only.
 */
final class InferredEnds {
    /** How long a majority must have lasted: by then the nodes have told each other what they heard. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final ClusterContext context;
    private final Members members;
    private final AlertStore alerts;
    private Cancellable release = Cancellable.NONE;
    private boolean held;

    InferredEnds(ClusterContext context, Members members, AlertStore alerts) {
        this.context = context;
        this.members = members;
        this.alerts = alerts;
    }

    void membersChanged() {
        boolean doubt = context.has(Rule.INFERRED_END) && !(members.warm() && isMajority());
        if (doubt == held) {
            return;
        }
        held = doubt;
        release.cancel();
        if (doubt) {
            alerts.holdInferredEnds(true);
        } else {
            release = context.loop().schedule(SETTLED, () -> alerts.holdInferredEnds(false));
        }
    }

    private boolean isMajority() {
        int known = 0;
        for (String node : members.known()) {
            known += members.deadNow(node) ? 0 : 1;
        }
        int live = members.live().size();
        return live * 2 > known
                || (live * 2 == known
                        && members.live().contains(members.ranking("").getFirst()));
    }

    void stop() {
        release.cancel();
    }
}
