package dev.tocsin.core.whatif;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.inhibit.Inhibitor;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.silence.ActiveSilences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One of the two that are compared: everything that decides which receivers hear of an alert. Any thread may ask it.
 *
 * @param stages what mutes
 * @param intervals the time intervals of a route of {@code routes}
 * @param reachable whether a receiver has an integration
 */
public record Side(
        RouteTree routes, MuteStages stages, Function<Route, RouteIntervals> intervals, Predicate<String> reachable) {

    /**
     * The side of a configuration.
     *
     * @param alerts those that may inhibit others
     * @throws InvalidMatcherException if a rule's regular expression does not compile, which the check of the configuration
     *     finds
     */
    public static Side of(Config config, Iterable<Alert> alerts, ActiveSilences silences)
            throws InvalidMatcherException {
        RouteTree routes = new RouteTree(config.route());
        Inhibitor inhibitor = new Inhibitor(config.inhibitRules());
        for (Alert alert : alerts) {
            inhibitor.stored(alert, null);
        }
        List<RouteIntervals> intervals = RouteIntervals.resolve(routes, config.allTimeIntervals());
        return new Side(
                routes, new MuteStages(inhibitor, silences), route -> intervals.get(route.number()), reachable(config));
    }

    /** The same without inhibition. */
    public Side withoutInhibition() {
        return new Side(routes, stages.withoutInhibition(), intervals, reachable);
    }

    /** Which receivers of a configuration have an integration. */
    public static Predicate<String> reachable(Config config) {
        return name -> {
            ReceiverConfig receiver = config.receiver(name);
            return receiver != null && !receiver.integrations().isEmpty();
        };
    }

    /**
     * Where an alert ends.
     *
     * @param silent why its receiver is not notified of it; empty if it is
     */
    record Landing(String groupKey, String receiver, String silent) {
        boolean isHeard() {
            return silent.isEmpty();
        }
    }

    List<Landing> landings(Alert alert, Instant now) {
        List<Route> matched = routes.match(alert.labels());
        List<Landing> landings = new ArrayList<>(matched.size());
        for (Route route : matched) {
            landings.add(landing(route, alert.labels(), now));
        }
        return landings;
    }

    private Landing landing(Route route, LabelSet labels, Instant now) {
        String receiver = route.options().receiver();
        MuteVerdict verdict = stages.verdict(labels, intervals.apply(route), now, now);
        String silent = !reachable.test(receiver)
                ? "receiver " + receiver + " has no integration"
                : verdict instanceof MuteVerdict.NotMuted ? "" : verdict.reason();
        return new Landing(route.groupKey(route.groupLabels(labels)), receiver, silent);
    }
}
