package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventData;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.trace.SpanLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A group that is due, as it was at one instant.
 *
 * @param route the node that made the group
 * @param groupKey the group key's text (contract section 5.1)
 * @param groupLabels the labels by which the alerts were grouped
 * @param routeLabels rendered route labels; may be empty
 * @param alerts all alerts of the group, never empty, in the order of {@link AlertOrder}
 * @param tick when the timer ended: the now of repetitions and time intervals. Earlier than {@code at} if a flush
 *     before this one ran late
 * @param at when the flush began: splits firing from resolved alerts once and for all
 * @param uuid tells the group from others of the same key; empty if no events are recorded
 * @param number which flush of the group it is, from 1
 * @param timeout how long the flush may take, counted from {@code at}
 * @param receipts when the hub first heard that an alert of the group fires
 * @param causes the spans of the posts that brought what is new in it; empty if nobody traces them
 */
public record GroupFlush(
        Route route,
        String groupKey,
        LabelSet groupLabels,
        Map<String, String> routeLabels,
        List<Alert> alerts,
        Instant tick,
        Instant at,
        String uuid,
        long number,
        Duration timeout,
        Function<Alert, Instant> receipts,
        List<SpanLink> causes) {
    /** Copies the collections. */
    public GroupFlush {
        alerts = List.copyOf(alerts);
        routeLabels = Map.copyOf(routeLabels);
        causes = List.copyOf(causes);
    }

    /** A flush of alerts that were received when they were last posted. */
    public GroupFlush(
            Route route,
            String groupKey,
            LabelSet groupLabels,
            Map<String, String> routeLabels,
            List<Alert> alerts,
            Instant tick,
            Instant at,
            String uuid,
            long number,
            Duration timeout) {
        this(
                route,
                groupKey,
                groupLabels,
                routeLabels,
                alerts,
                tick,
                at,
                uuid,
                number,
                timeout,
                Alert::updatedAt,
                List.of());
    }

    /**
     * A flush that is only thought of.
     *
     * @param alerts in the order of notifications
     * @param more joins them; null for none
     */
    public static GroupFlush preview(
            Route route, LabelSet groupLabels, List<Alert> alerts, @Nullable Alert more, Instant tick, Instant at) {
        List<Alert> all = new ArrayList<>(alerts);
        if (more != null) {
            all.removeIf(alert -> alert.labels().equals(more.labels()));
            all.add(more);
            all.sort(new AlertOrder());
        }
        return new GroupFlush(
                route, route.groupKey(groupLabels), groupLabels, Map.of(), all, tick, at, "", 0, Duration.ZERO);
    }

    /** The group, as the event recorder tells of it. */
    public EventData.Group recorded() {
        return new EventData.Group(groupKey, groupLabels, route.options().receiver(), route.matchers(), uuid);
    }

    /** When the flush must be over. */
    public Instant deadline() {
        return at.plus(timeout);
    }
}
