package dev.tocsin.core.route;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a route node does with the alerts that end at it, after defaults and inheritance (contract section 2.6).
 *
 * @param receiver the receiver's name
 * @param groupByAll whether all labels group; {@code groupBy} is empty then
 * @param groupBy the names of the labels that group, sorted in UTF-8 byte order; empty for one single group
 * @param groupWait how long a new group gathers alerts before its first flush; may be zero
 * @param groupInterval the time between two flushes of a group; above zero
 * @param repeatInterval the time after which an unchanged notification is sent again; above zero
 * @param muteTimeIntervals names of the node's own intervals during which nothing is sent; never inherited
 * @param activeTimeIntervals names of the node's own intervals outside of which nothing is sent; never inherited
 * @param labels the route labels of the node and its ancestors: name to template
 */
public record RouteOptions(
        String receiver,
        boolean groupByAll,
        List<String> groupBy,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval,
        List<String> muteTimeIntervals,
        List<String> activeTimeIntervals,
        Map<String, String> labels) {

    /** Copies the collections. */
    public RouteOptions {
        groupBy = List.copyOf(groupBy);
        muteTimeIntervals = List.copyOf(muteTimeIntervals);
        activeTimeIntervals = List.copyOf(activeTimeIntervals);
        labels = Map.copyOf(labels);
    }
}
