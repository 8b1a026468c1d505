package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupTimer.Tick;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows of one group whether a flush would tell nothing, without one: most groups that are due hold what they held before,
 * and a flush of them costs far more than to see that. What it leaves out is work, never a decision: whatever is not as it
 * was goes the long way. Used on the hub loop only.
 */
final class Standstill {
    private final GroupContext context;
    private final Route route;
    private final LabelSet labels;
    private final GroupMembers members;
    private final RecordedGroup recorded;
    private @Nullable Settled known;
    private GroupEvent.@Nullable Flushed begun;
    private long knownVersion = -1;
    private long flushedVersion = -1;

    Standstill(GroupContext context, Route route, LabelSet labels, GroupMembers members, RecordedGroup recorded) {
        this.context = context;
        this.route = route;
        this.labels = labels;
        this.members = members;
        this.recorded = recorded;
    }

    /** A flush of this node has ended, and what it told as resolved has left the group. */
    void flushed(FlushResult result) {
        boolean audible = result.mutedBy() != null
                && result.mutedBy().isEmpty()
                && result.suppressed().isEmpty();
        // labels of the route are rendered anew with each flush, and say when that fails
        boolean plain = route.options().labels().isEmpty();
        flushedVersion = result.ok() && audible && plain ? members.version() : -1;
    }

    /**
     * Whether a flush that begins now would be as the one before and tell nothing. If so it counts as one, and the journal
     * hears what it would of that.
     */
    boolean repeats(Tick tick) {
        if (flushedVersion != members.version()) {
            return false;
        }
        Instant now = context.clock().now();
        Settled settled = members.allFireAt(now) ? settled(tick, now) : null;
        if (settled == null || !settled.isQuiet(tick.at())) {
            flushedVersion = -1;
            known = null;
            return false;
        }
        recorded.begunAgain(begun());
        settled.record();
        return true;
    }

    /** Whether all receivers know all there is, as far as this node knows: it need not wait for another one's word. */
    boolean isKnown(Tick tick) {
        Instant now = context.clock().now();
        if (!members.allFireAt(now)) {
            return false;
        }
        Settled settled = settled(tick, now);
        if (settled != null && !settled.isKnown(tick.at())) {
            known = null; // the log has changed
            settled = settled(tick, now);
        }
        return settled != null && settled.isKnown(tick.at());
    }

    private @Nullable Settled settled(Tick tick, Instant now) {
        if (known == null || knownVersion != members.version()) {
            List<Alert> alerts = members.ordered();
            known = context.flusher().settled(GroupFlush.preview(route, labels, alerts, null, tick.at(), now));
            knownVersion = members.version();
            begun = null;
        }
        return known;
    }

    private GroupEvent.Flushed begun() {
        GroupEvent.Flushed event = begun;
        if (event == null) {
            event = recorded.flushed(Fingerprints.of(members.ordered()), Fingerprints.of(List.of()));
            begun = event;
        }
        return event;
    }
}
