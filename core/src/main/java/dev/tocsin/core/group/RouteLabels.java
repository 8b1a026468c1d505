package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Renders the labels of routes for groups (contract section 2.6). Safe for all threads. */
@FunctionalInterface
public interface RouteLabels {
    /** Labels go out as they are written. */
    RouteLabels AS_WRITTEN = (route, groupLabels, alerts, at) -> route.options().labels();

    /**
     * The labels of {@code route} for a group.
     *
     * @param groupLabels what the group is made by
     * @param alerts those of the group, in the order in which they are told
     * @param at splits firing from resolved alerts
     * @return by name; what could not be rendered is left out
     */
    Map<String, String> render(Route route, LabelSet groupLabels, List<Alert> alerts, Instant at);
}
