package dev.tocsin.core.group;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.trace.SpanLink;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What follows grouping on the way of an alert: mute, dedup, claim, notify, log. */
@FunctionalInterface
public interface GroupFlusher {
    /**
     * Tells the receivers of a group what they have to know. Called on the hub loop; never blocks. A group asks again only
     * when it has been answered, but what an answered flush left under way may still run then.
     *
     * @param done called exactly once, on the hub loop, also after a cancellation
     * @return cancels the flush because the hub stops or its configuration is replaced
     */
    RunningFlush flush(GroupFlush group, Consumer<FlushResult> done);

    /**
     * Whether somebody may have been told that the alert with {@code labels} fires, and not that it has ended. Who keeps no
     * record must say so of every alert.
     *
     * @param route the node that makes the group with this key
     */
    default boolean mayBeKnownToFire(Route route, String groupKey, LabelSet labels) {
        return true;
    }

    /**
     * What is to be known of a group if all integrations of its receiver know of all its alerts, muted or not; null if
     * they do not, or if nobody can say that without a flush.
     *
     * @param group only thought of; all its alerts fire
     */
    default @Nullable Settled settled(GroupFlush group) {
        return null;
    }

    /** The span of what the hub does at this moment, which may lead to a flush; null if nobody traces it. */
    default @Nullable SpanLink cause() {
        return null;
    }
}
