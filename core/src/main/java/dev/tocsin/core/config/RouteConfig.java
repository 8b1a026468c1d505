package dev.tocsin.core.config;

import dev.tocsin.core.matcher.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node of the route tree as it is written; null means that the key is absent and its value is inherited.
 *
 * @param receiver the receiver's name
 * @param groupBy label names, {@code ["..."]} for all labels, empty for one single group
 * @param match the deprecated equality matchers, as written
 * @param matchRe the deprecated regular expressions, as written
 * @param matchers the {@code matchers} key, parsed and sorted
 * @param continueMatching whether siblings after this node are tried too
 * @param muteTimeIntervals names of intervals during which the node sends nothing
 * @param activeTimeIntervals names of intervals outside of which the node sends nothing
 * @param labels route labels: name to template
 * @param routes the children, in order
 */
public record RouteConfig(
        @Nullable String receiver,
        @Nullable List<String> groupBy,
        Map<String, String> match,
        Map<String, String> matchRe,
        List<Matcher> matchers,
        boolean continueMatching,
        @Nullable Duration groupWait,
        @Nullable Duration groupInterval,
        @Nullable Duration repeatInterval,
        List<String> muteTimeIntervals,
        List<String> activeTimeIntervals,
        Map<String, String> labels,
        List<RouteConfig> routes) {}
