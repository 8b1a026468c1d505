package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupTimer.Tick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest tick of a group at which this node found nothing to tell and kept that for itself. The others found the same,
 * a little later; if there is news just then, they take it for that tick's and wait for this node, so then they hear of it.
 * Used on the hub loop only.
 */
final class UnsaidTick {
    /** Timers of different nodes for one tick end this close to each other. */
    private static final long SLACK_NANOS = 1_000_000_000;

    private final GroupContext context;
    private final AggregationGroup group;
    private @Nullable Tick tick;
    private boolean wasSaid;
    private long saidNanos;

    UnsaidTick(GroupContext context, AggregationGroup group) {
        this.context = context;
        this.group = group;
    }

    /** The others hear of this tick. */
    void said(Tick latest) {
        tick = null;
        wasSaid = true;
        saidNanos = latest.nanos();
    }

    /** Nothing was to be told at this tick. */
    void rested(Tick latest) {
        tick = latest;
        long unsaidNanos = wasSaid ? latest.nanos() - saidNanos : Long.MAX_VALUE;
        if (context.turns().isSaid(group, unsaidNanos)) {
            say(latest);
        }
    }

    /** An alert of the group was reported again. */
    void reported(Alert alert) {
        if (alert.resolvedAt(alert.updatedAt())) {
            news();
        }
    }

    /** There is something to tell from now on. */
    void news() {
        Tick latest = tick;
        if (latest != null) {
            tick = null;
            if (context.turns().areShared() && context.clock().nanoTime() - latest.nanos() < SLACK_NANOS) {
                say(latest);
            }
        }
    }

    private void say(Tick latest) {
        said(latest);
        context.turns().ended(group, new GroupTurn(latest.nanos(), true, false, List.of()));
    }
}
