package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.trace.SpanLink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a flush of one group is handed. Used on the hub loop, but for {@link #preview}. */
final class FlushComposer {
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(10);

    private final Clock clock;
    private final RouteLabels routeLabels;
    private final Route route;
    private final LabelSet labels;
    private final GroupKey key;
    private final RecordedGroup recorded;

    FlushComposer(
            Clock clock, RouteLabels routeLabels, Route route, LabelSet labels, GroupKey key, RecordedGroup recorded) {
        this.clock = clock;
        this.routeLabels = routeLabels;
        this.route = route;
        this.labels = labels;
        this.key = key;
        this.recorded = recorded;
    }

    /**
     * The flush of {@code members}, of which there is one at least, that begins now for a timer that ended at {@code tick}.
     */
    GroupFlush compose(GroupMembers members, Instant tick, List<SpanLink> causes) {
        Duration interval = route.options().groupInterval();
        List<Alert> alerts = members.ordered();
        return new GroupFlush(
                route,
                key.text(),
                labels,
                routeLabels.render(route, labels, alerts, tick),
                alerts,
                tick,
                clock.now(),
                recorded.uuid(),
                recorded.nextFlush(),
                interval.compareTo(LEAST_TIMEOUT) > 0 ? interval : LEAST_TIMEOUT,
                members::receivedAt,
                causes);
    }

    /** The flush of {@code alerts} and {@code more}, if that is not null, as it would be at {@code tick}. Any thread may ask. */
    GroupFlush preview(List<Alert> alerts, Instant tick, @Nullable Alert more) {
        return GroupFlush.preview(route, labels, alerts, more, tick, clock.now());
    }
}
