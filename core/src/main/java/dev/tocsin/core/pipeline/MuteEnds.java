package dev.tocsin.core.pipeline;

import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Until when the intervals of routes mute. The answer to a route's first muted group holds for its other groups: looking
 * a year ahead for each would cost the loop too much. Used on the hub loop only; bounded by the routes.
 */
final class MuteEnds {
    private static final Duration HOLDS = Duration.ofHours(1);

    private record Known(Instant from, @Nullable Instant end) {
        boolean holds(Instant tick) {
            return !tick.isBefore(from) && tick.isBefore(end == null ? from.plus(HOLDS) : end);
        }
    }

    private final Function<Route, RouteIntervals> intervals;
    private final Map<Route, Known> known = new HashMap<>();

    MuteEnds(Function<Route, RouteIntervals> intervals) {
        this.intervals = intervals;
    }

    /** When the route that is muted at {@code tick} is so no more; null if not for a year. */
    @Nullable Instant end(Route route, Instant tick) {
        Known last = known.get(route);
        if (last == null || !last.holds(tick)) {
            last = new Known(tick, intervals.apply(route).mutedUntil(tick));
            known.put(route, last);
        }
        return last.end();
    }
}
