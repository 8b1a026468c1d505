package dev.tocsin.core.explain;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteTree;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration that was in force decided by. Immutable.
 *
 * @param since when it came into force
 * @param until when the next one did; null if it is in force now
 * @param receivers all that it has
 */
record PastTree(
        Instant since,
        @Nullable Instant until,
        RouteTree routes,
        List<RouteIntervals> intervals,
        List<ReceiverConfig> receivers) {
    static PastTree of(Instant since, @Nullable Instant until, Config config) {
        RouteTree routes = new RouteTree(config.route());
        return new PastTree(
                since, until, routes, RouteIntervals.resolve(routes, config.allTimeIntervals()), config.receivers());
    }

    RouteIntervals intervals(Route route) {
        return intervals.get(route.number());
    }

    /** The integrations of a route's receiver; may be empty. */
    List<ReceiverConfig.Integration> integrations(Route route) {
        for (ReceiverConfig receiver : receivers) {
            if (receiver.name().equals(route.options().receiver())) {
                return receiver.integrations();
            }
        }
        return List.of();
    }
}
