package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.AlertOrder;
import dev.tocsin.core.inhibit.InhibitVerdict;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.store.AlertStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client's question about alerts or groups, answered from the state of one moment (contract sections 4.5 and 7.7).
 * Reads what the hub loop writes without stopping it: alerts that change meanwhile may be seen before or after. For one
 * thread and one question.
 */
final class AlertQueries {
    private final ActiveConfig active;
    private final AlertStore alerts;
    private final Silences silences;
    private final AlertFilter filter;
    private final Instant now;

    /** The routes, by number, whose receiver's name is asked for. */
    private final BitSet named = new BitSet();

    /** The routes, by number, whose receiver's labels are asked for. */
    private final BitSet labelled = new BitSet();

    private final Map<List<Route>, List<String>> names = new HashMap<>();

    AlertQueries(ActiveConfig active, AlertStore alerts, Silences silences, AlertFilter filter, Instant now) {
        this.active = active;
        this.alerts = alerts;
        this.silences = silences;
        this.filter = filter;
        this.now = now;
        for (Route route : active.dispatcher().routes().routes()) {
            String receiver = route.options().receiver();
            LabelSet labels = active.receiverLabels().getOrDefault(receiver, LabelSet.EMPTY);
            named.set(route.number(), filter.receiver().test(receiver));
            labelled.set(route.number(), matches(filter.receiverMatchers(), labels));
        }
    }

    /** As {@link Hub#alerts(AlertFilter, Long, Predicate)}. */
    void alerts(@Nullable Long after, Predicate<? super AlertView> each) {
        alerts.walk(after, alert -> {
            AlertView view = isAskedFor(alert) ? shown(alert) : null;
            return view == null || each.test(view);
        });
    }

    /** The alert with its receivers; null if these are not asked for, or it is kept quiet as the filter excludes. */
    private @Nullable AlertView shown(Alert alert) {
        List<Route> routes = active.dispatcher().routes().match(alert.labels());
        if (!isAny(named, routes) || !isAny(labelled, routes)) {
            return null;
        }
        List<String> receivers = names.get(routes);
        if (receivers == null) {
            receivers = receivers(routes);
            names.put(routes, receivers);
        }
        AlertView view = view(alert, receivers);
        return passes(view) ? view : null;
    }

    /** The stored alerts with these fingerprints, whether they have ended or not. */
    List<AlertView> find(long... fingerprints) {
        List<AlertView> found = new ArrayList<>(fingerprints.length);
        for (long fingerprint : fingerprints) {
            Alert alert = alerts.find(fingerprint);
            AlertView view = alert == null ? null : shown(alert);
            if (view != null) {
                found.add(view);
            }
        }
        return found;
    }

    private static boolean isAny(BitSet asked, List<Route> routes) {
        for (int i = 0; i < routes.size(); i++) {
            if (asked.get(routes.get(i).number())) {
                return true;
            }
        }
        return false;
    }

    private static List<String> receivers(List<Route> routes) {
        return routes.stream().map(route -> route.options().receiver()).toList();
    }

    List<GroupView> groups() {
        List<Found> found = new ArrayList<>();
        Map<LabelSet, List<String>> receivers = new HashMap<>();
        active.dispatcher().forEachGroup(group -> {
            int number = group.route().number();
            if (!named.get(number) || !labelled.get(number)) {
                return;
            }
            Found here = new Found(group, find(group));
            for (AlertView view : here.views()) {
                receivers
                        .computeIfAbsent(view.alert().labels(), labels -> new ArrayList<>(1))
                        .add(here.receiver());
            }
            if (!here.views().isEmpty()) {
                found.add(here);
            }
        });
        receivers.values().forEach(Collections::sort);
        found.sort((a, b) -> {
            int order = a.group().labels().compareTo(b.group().labels());
            return order == 0 ? a.receiver().compareTo(b.receiver()) : order;
        });
        List<GroupView> views = new ArrayList<>(found.size());
        for (Found group : found) {
            List<String> mutedBy = group.group().mutedBy();
            if (filter.muted() || mutedBy.isEmpty()) {
                views.add(group.view(receivers, mutedBy, now));
            }
        }
        return views;
    }

    /** The alerts of a group that pass the filter, without receivers. */
    private List<AlertView> find(AggregationGroup group) {
        List<AlertView> views = new ArrayList<>();
        group.forEach((alert, state) -> {
            if (isAskedFor(alert)) {
                AlertView view = view(alert, List.of());
                if (passes(view)) {
                    views.add(view);
                }
            }
        });
        return views;
    }

    /** A group with the alerts that were asked for. */
    private record Found(AggregationGroup group, List<AlertView> views) {
        String receiver() {
            return group.route().options().receiver();
        }

        GroupView view(Map<LabelSet, List<String>> receivers, List<String> mutedBy, Instant now) {
            AlertOrder order = new AlertOrder();
            List<AlertView> sorted = new ArrayList<>(views.size());
            for (AlertView view : views) {
                sorted.add(with(view, receivers.getOrDefault(view.alert().labels(), List.of()), mutedBy));
            }
            sorted.sort((a, b) -> order.compare(a.alert(), b.alert()));
            return new GroupView(group.id(), group.labels(), group.routeLabels(now), receiver(), sorted);
        }
    }

    private boolean isAskedFor(Alert alert) {
        return !alert.endsAt().isBefore(now) && matches(filter.matchers(), alert.labels());
    }

    private static boolean matches(List<Matcher> matchers, LabelSet labels) {
        for (int i = 0; i < matchers.size(); i++) {
            if (!matchers.get(i).matches(labels)) {
                return false;
            }
        }
        return true;
    }

    private AlertView view(Alert alert, List<String> receivers) {
        List<String> inhibitedBy = switch (active.inhibitor().verdict(alert.labels(), now)) {
            case InhibitVerdict.NotInhibited() -> List.of();
            case InhibitVerdict.Inhibited inhibited -> List.of(inhibited.fingerprintText());
        };
        return new AlertView(alert, receivers, inhibitedBy, silences.silencedBy(alert.labels(), now), List.of());
    }

    private boolean passes(AlertView view) {
        boolean inhibited = !view.inhibitedBy().isEmpty();
        boolean silenced = !view.silencedBy().isEmpty();
        return (filter.active() || inhibited || silenced)
                && (filter.silenced() || !silenced)
                && (filter.inhibited() || !inhibited);
    }

    private static AlertView with(AlertView view, List<String> receivers, List<String> mutedBy) {
        return new AlertView(view.alert(), receivers, view.inhibitedBy(), view.silencedBy(), mutedBy);
    }
}
