package dev.tocsin.core.whatif;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteOptions;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.whatif.ConfigDifference.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What two configurations say differently. They are compared by what they mean: order of keys, comments, defaults that are
 * written out and inherited options that are repeated make no difference. A pure function.
 */
public final class ConfigDiff {
    private final Config before;
    private final Config after;
    private final List<ConfigDifference> found = new ArrayList<>();

    private ConfigDiff(Config before, Config after) {
        this.before = before;
        this.after = after;
    }

    /** The differences: routes first, then receivers and the rest. */
    public static List<ConfigDifference> of(Config before, Config after) {
        ConfigDiff diff = new ConfigDiff(before, after);
        diff.compare();
        return List.copyOf(diff.found);
    }

    private void compare() {
        routes();
        named("receiver", byName(before.receivers()), byName(after.receivers()), ConfigDiff::receiver);
        named(
                "time interval",
                index(before.allTimeIntervals(), interval -> interval.name()),
                index(after.allTimeIntervals(), interval -> interval.name()),
                (old, now) -> "other times");
        inhibitRules();
        whole("templates", before.templates(), after.templates());
        whole("tracing", before.tracing(), after.tracing());
        whole("event recorder", before.eventRecorder(), after.eventRecorder());
        if (!before.global().resolveTimeout().equals(after.global().resolveTimeout())) {
            found.add(new ConfigDifference(
                    "global",
                    "resolve_timeout",
                    Change.CHANGED,
                    change(
                            PrometheusDuration.print(before.global().resolveTimeout()),
                            PrometheusDuration.print(after.global().resolveTimeout()))));
        }
    }

    private static String change(String old, String now) {
        return old + " becomes " + now;
    }

    private void whole(String what, @Nullable Object old, @Nullable Object now) {
        if (!Objects.equals(old, now)) {
            found.add(new ConfigDifference(what, "", Change.CHANGED, ""));
        }
    }

    private static Map<String, ReceiverConfig> byName(List<ReceiverConfig> receivers) {
        return index(receivers, ReceiverConfig::name);
    }

    private static <T> Map<String, T> index(List<T> all, Function<T, String> name) {
        Map<String, T> index = new LinkedHashMap<>();
        all.forEach(one -> index.put(name.apply(one), one));
        return index;
    }

    private interface Detail<T> {
        String of(T old, T now);
    }

    private <T> void named(String what, Map<String, T> old, Map<String, T> now, Detail<T> detail) {
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            T left = old.get(name);
            T right = now.get(name);
            if (left == null) {
                found.add(new ConfigDifference(what, name, Change.ADDED, ""));
            } else if (right == null) {
                found.add(new ConfigDifference(what, name, Change.REMOVED, ""));
            } else if (!left.equals(right)) {
                found.add(new ConfigDifference(what, name, Change.CHANGED, detail.of(left, right)));
            }
        }
    }

    private static String receiver(ReceiverConfig old, ReceiverConfig now) {
        List<String> parts = new ArrayList<>();
        Map<String, ReceiverConfig.Integration> left = index(old.integrations(), ReceiverConfig.Integration::toString);
        Map<String, ReceiverConfig.Integration> right = index(now.integrations(), ReceiverConfig.Integration::toString);
        Set<String> names = new LinkedHashSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            if (!left.containsKey(name)) {
                parts.add(name + " is added");
            } else if (!right.containsKey(name)) {
                parts.add(name + " is removed");
            } else if (!Objects.equals(left.get(name), right.get(name))) {
                parts.add(name + " has other settings");
            }
        }
        if (!old.labels().equals(now.labels())) {
            parts.add("other labels");
        }
        return String.join(", ", parts);
    }

    private void inhibitRules() {
        List<String> old =
                before.inhibitRules().stream().map(InhibitRuleText::of).toList();
        List<String> now =
                after.inhibitRules().stream().map(InhibitRuleText::of).toList();
        listed("inhibition rule", old, now);
        if (found.stream().noneMatch(one -> one.what().equals("inhibition rule")) && !old.equals(now)) {
            found.add(new ConfigDifference("inhibition rules", "", Change.CHANGED, "another order"));
        }
    }

    private void listed(String what, List<String> old, List<String> now) {
        List<String> left = new ArrayList<>(old);
        now.forEach(left::remove);
        List<String> added = new ArrayList<>(now);
        old.forEach(added::remove);
        left.forEach(one -> found.add(new ConfigDifference(what, one, Change.REMOVED, "")));
        added.forEach(one -> found.add(new ConfigDifference(what, one, Change.ADDED, "")));
    }

    /** Routes are the same if they have the same matchers all the way down; of several such the first are paired. */
    private void routes() {
        Map<String, List<Route>> old = byKey(new RouteTree(before.route()));
        Map<String, List<Route>> now = byKey(new RouteTree(after.route()));
        Set<String> keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            List<Route> left = old.getOrDefault(key, List.of());
            List<Route> right = now.getOrDefault(key, List.of());
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                if (i >= left.size()) {
                    route(key, Change.ADDED, "to " + right.get(i).options().receiver());
                } else if (i >= right.size()) {
                    route(key, Change.REMOVED, "to " + left.get(i).options().receiver());
                } else {
                    String detail = options(left.get(i), right.get(i));
                    if (!detail.isEmpty()) {
                        route(key, Change.CHANGED, detail);
                    }
                }
            }
        }
        List<String> kept = new ArrayList<>(old.keySet());
        kept.retainAll(now.keySet());
        List<String> keptNow = new ArrayList<>(now.keySet());
        keptNow.retainAll(old.keySet());
        if (!kept.equals(keptNow)) {
            found.add(new ConfigDifference("routes", "", Change.CHANGED, "another order"));
        }
    }

    private void route(String key, Change change, String detail) {
        found.add(new ConfigDifference("route", key, change, detail));
    }

    private static Map<String, List<Route>> byKey(RouteTree tree) {
        Map<String, List<Route>> routes = new LinkedHashMap<>();
        for (Route route : tree.routes()) {
            routes.computeIfAbsent(route.key(), key -> new ArrayList<>(1)).add(route);
        }
        return routes;
    }

    private static String options(Route old, Route now) {
        List<String> parts = new ArrayList<>();
        RouteOptions a = old.options();
        RouteOptions b = now.options();
        option(parts, "receiver", a, b, RouteOptions::receiver);
        option(parts, "group_by", a, b, options -> options.groupByAll() ? "[...]" : String.valueOf(options.groupBy()));
        option(parts, "group_wait", a, b, options -> PrometheusDuration.print(options.groupWait()));
        option(parts, "group_interval", a, b, options -> PrometheusDuration.print(options.groupInterval()));
        option(parts, "repeat_interval", a, b, options -> PrometheusDuration.print(options.repeatInterval()));
        option(parts, "mute_time_intervals", a, b, options -> String.valueOf(options.muteTimeIntervals()));
        option(parts, "active_time_intervals", a, b, options -> String.valueOf(options.activeTimeIntervals()));
        option(parts, "labels", a, b, options -> String.valueOf(new java.util.TreeMap<>(options.labels())));
        if (old.continueMatching() != now.continueMatching()) {
            parts.add("continue "
                    + change(String.valueOf(old.continueMatching()), String.valueOf(now.continueMatching())));
        }
        return String.join(", ", parts);
    }

    private static void option(
            List<String> parts, String name, RouteOptions old, RouteOptions now, Function<RouteOptions, String> text) {
        String left = text.apply(old);
        String right = text.apply(now);
        if (!left.equals(right)) {
            parts.add(name + " " + change(left, right));
        }
    }
}
