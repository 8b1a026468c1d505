package dev.tocsin.core.whatif;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.whatif.Comparison.AlertChange;
import dev.tocsin.core.whatif.Comparison.GroupChange;
import dev.tocsin.core.whatif.Comparison.ReceiverChange;
import dev.tocsin.core.whatif.Side.Landing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what two sides would tell of the same alerts. For one thread and one question. */
public final class WhatIf {
    private record GroupName(String key, String receiver) implements Comparable<GroupName> {
        @Override
        public int compareTo(GroupName other) {
            int order = key.compareTo(other.key);
            return order == 0 ? receiver.compareTo(other.receiver) : order;
        }
    }

    /** How many alerts of a group are heard on a side, and why one of the others is not. */
    private static final class GroupCount {
        int now;
        int then;
        String silentNow = "";
        String silentThen = "";
    }

    private final Side before;
    private final Side after;
    private final Instant at;
    private final int limit;
    private final Map<GroupName, GroupCount> groups = new TreeMap<>();
    private final Map<String, int[]> receivers = new TreeMap<>();
    private final List<AlertChange> changed = new ArrayList<>();
    private int alerts;
    private int alertsChanged;
    private int alertsToldAgain;

    /**
     * A comparison without alerts.
     *
     * @param at when both sides are seen
     * @param limit the most alerts and groups to list, at least 1
     */
    public WhatIf(Side before, Side after, Instant at, int limit) {
        this.before = before;
        this.after = after;
        this.at = at;
        this.limit = limit;
    }

    /** Takes an alert, unless it has ended. */
    public void add(Alert alert) {
        if (!alert.resolvedAt(at)) {
            add(alert, at);
        }
    }

    /** Takes an alert as it was at some time. */
    public void add(Alert alert, Instant when) {
        alerts++;
        List<Landing> now = before.landings(alert, when);
        List<Landing> then = after.landings(alert, when);
        count(now, true);
        count(then, false);
        if (!now.equals(then)) {
            compare(alert, now, then);
        }
    }

    private void count(List<Landing> landings, boolean isNow) {
        for (Landing landing : landings) {
            GroupCount group = groups.computeIfAbsent(
                    new GroupName(landing.groupKey(), landing.receiver()), name -> new GroupCount());
            if (isNow) {
                group.now += landing.isHeard() ? 1 : 0;
                group.silentNow = landing.silent().isEmpty() ? group.silentNow : landing.silent();
            } else {
                group.then += landing.isHeard() ? 1 : 0;
                group.silentThen = landing.silent().isEmpty() ? group.silentThen : landing.silent();
            }
        }
        for (String receiver : heard(landings).keySet()) {
            receivers.computeIfAbsent(receiver, name -> new int[2])[isNow ? 0 : 1]++;
        }
    }

    /** The receivers that hear of the alert, with the keys of the groups in which they do. */
    private static Map<String, Set<String>> heard(List<Landing> landings) {
        Map<String, Set<String>> heard = new TreeMap<>();
        for (Landing landing : landings) {
            if (landing.isHeard()) {
                heard.computeIfAbsent(landing.receiver(), name -> new TreeSet<>())
                        .add(landing.groupKey());
            }
        }
        return heard;
    }

    private void compare(Alert alert, List<Landing> now, List<Landing> then) {
        Map<String, Set<String>> heardNow = heard(now);
        Map<String, Set<String>> heardThen = heard(then);
        List<String> lost = new ArrayList<>();
        List<String> gained = new ArrayList<>();
        List<String> again = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        heardNow.forEach((receiver, keys) -> {
            Set<String> keysThen = heardThen.get(receiver);
            if (keysThen == null) {
                lost.add(receiver);
                reasons.add(receiver + " is not told any more: " + why(then, receiver, "no route leads there"));
            } else if (!keys.containsAll(keysThen)) {
                again.add(receiver);
                reasons.add(receiver + " gets it in another group and is told again");
            }
        });
        heardThen.forEach((receiver, keys) -> {
            if (!heardNow.containsKey(receiver)) {
                gained.add(receiver);
                String nowSilent = silent(now, receiver);
                reasons.add(receiver + " is told anew: "
                        + (nowSilent == null ? "a route leads there" : "now it is not, " + nowSilent));
            }
        });
        if (!lost.isEmpty() || !gained.isEmpty()) {
            alertsChanged++;
        } else if (!again.isEmpty()) {
            alertsToldAgain++;
        } else {
            return;
        }
        if (changed.size() < limit) {
            changed.add(new AlertChange(
                    alert.fingerprint(), alert.labels(), lost, gained, again, String.join("; ", reasons)));
        }
    }

    private static String why(List<Landing> landings, String receiver, String otherwise) {
        String silent = silent(landings, receiver);
        return silent == null ? otherwise : silent;
    }

    private static @Nullable String silent(List<Landing> landings, String receiver) {
        for (Landing landing : landings) {
            if (landing.receiver().equals(receiver) && !landing.isHeard()) {
                return landing.silent();
            }
        }
        return null;
    }

    /** What would change for the alerts so far, which fire now. */
    public Comparison comparison(List<ConfigDifference> differences) {
        return comparison(differences, "fire now");
    }

    /**
     * What would change for the alerts so far.
     *
     * @param did what these alerts do or did, such as {@code fire now}
     */
    public Comparison comparison(List<ConfigDifference> differences, String did) {
        List<GroupChange> changes = new ArrayList<>();
        int stopped = 0;
        int started = 0;
        for (Map.Entry<GroupName, GroupCount> entry : groups.entrySet()) {
            GroupCount count = entry.getValue();
            if (count.now > 0 == count.then > 0) {
                continue;
            }
            boolean stops = count.now > 0;
            stopped += stops ? 1 : 0;
            started += stops ? 0 : 1;
            if (changes.size() < limit) {
                changes.add(new GroupChange(
                        entry.getKey().key,
                        entry.getKey().receiver,
                        stops,
                        !stops,
                        stops ? count.now : count.then,
                        reason(count)));
            }
        }
        List<ReceiverChange> moved = new ArrayList<>();
        receivers.forEach((name, counts) -> {
            if (counts[0] != counts[1]) {
                moved.add(new ReceiverChange(name, counts[0], counts[1]));
            }
        });
        changed.sort((a, b) -> a.labels().compareTo(b.labels()));
        String sentence =
                new WhatIfSentence(did, alerts, alertsChanged, alertsToldAgain, stopped, started, moved).toString();
        return new Comparison(
                sentence,
                at,
                alerts,
                alertsChanged,
                alertsToldAgain,
                stopped,
                started,
                changed,
                changes,
                moved,
                differences);
    }

    private static String reason(GroupCount count) {
        if (count.now > 0) {
            return count.silentThen.isEmpty() ? "no alert would be in it" : count.silentThen;
        }
        return count.silentNow.isEmpty() ? "no alert is in it now" : "now it is not, " + count.silentNow;
    }
}
