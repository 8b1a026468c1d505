package dev.tocsin.core.config;

import dev.tocsin.core.interval.TimeInterval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration that was checked: names are unique, everything a route refers to is there. Immutable; safe for all
 * threads.
 *
 * @param route the root of the routing tree
 * @param receivers in the order of the file
 * @param templates globs, resolved against the folder of the file
 * @param muteTimeIntervals the deprecated list; it shares its names with {@code timeIntervals}
 * @param tracing null if traces are not exported
 * @param eventRecorder null if it is not written
 */
public record Config(
        GlobalConfig global,
        RouteConfig route,
        List<InhibitRuleConfig> inhibitRules,
        List<ReceiverConfig> receivers,
        List<String> templates,
        List<TimeInterval> muteTimeIntervals,
        List<TimeInterval> timeIntervals,
        @Nullable TracingConfig tracing,
        @Nullable EventRecorderConfig eventRecorder) {

    /** The time intervals of both lists. */
    public List<TimeInterval> allTimeIntervals() {
        List<TimeInterval> all = new ArrayList<>(muteTimeIntervals);
        all.addAll(timeIntervals);
        return all;
    }

    /** The receiver called {@code name}; null if there is none. */
    public @Nullable ReceiverConfig receiver(String name) {
        for (ReceiverConfig receiver : receivers) {
            if (receiver.name().equals(name)) {
                return receiver;
            }
        }
        return null;
    }
}
