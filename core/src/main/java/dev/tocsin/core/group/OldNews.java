package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alerts of a group whose end lies before a flush that went well, and that nobody is known to believe firing: they were told
 * there, and the word that removed them was lost. Without peers there is no such word. Used on the hub loop, but for
 * {@link #leaveOut}.
 */
final class OldNews {
    private final GroupContext context;
    private final Route route;
    private final GroupKey key;
    private final GroupMembers members;
    private final PastFlushes past;

    OldNews(GroupContext context, Route route, GroupKey key, GroupMembers members, PastFlushes past) {
        this.context = context;
        this.route = route;
        this.key = key;
        this.members = members;
        this.past = past;
    }

    /** What ended before this is old news; null if nothing is. */
    @Nullable Instant end() {
        return context.turns().areShared() ? past.oldNewsEnd() : null;
    }

    /** Takes them out of the group. */
    void forget() {
        Instant end = end();
        if (end != null) {
            members.forgetEnded(end, this::isWanted);
        }
    }

    /** Takes out of {@code alerts} what ended before {@code end}, nothing if that is null; returns it. Any thread may ask. */
    List<Alert> leaveOut(List<Alert> alerts, @Nullable Instant end) {
        if (end != null) {
            alerts.removeIf(alert -> alert.resolvedAt(end) && !isWanted(alert.labels()));
        }
        return alerts;
    }

    private boolean isWanted(LabelSet alert) {
        return context.flusher().mayBeKnownToFire(route, key.text(), alert);
    }
}
