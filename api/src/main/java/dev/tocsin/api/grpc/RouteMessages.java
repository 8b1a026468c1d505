package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.MatcherVerdict;
import dev.tocsin.api.grpc.v1.Route;
import dev.tocsin.api.grpc.v1.RouteConclusion;
import dev.tocsin.api.grpc.v1.RouteServiceWhatIfResponse;
import dev.tocsin.api.grpc.v1.RouteWalk;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.RouteOptions;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.ConfigDifference;
import java.util.Locale;

/** Routes, walks and comparisons as messages. */
final class RouteMessages {
    private RouteMessages() {}

    /** A node with all nodes below it. */
    static Route tree(dev.tocsin.core.route.Route route) {
        Route.Builder out = plain(route);
        route.children().forEach(child -> out.addChildren(tree(child)));
        return out.build();
    }

    /** A node alone. */
    static Route.Builder plain(dev.tocsin.core.route.Route route) {
        RouteOptions options = route.options();
        Route.Builder out = Route.newBuilder()
                .setId(route.id())
                .setContinues(route.continueMatching())
                .setReceiver(options.receiver())
                .addAllGroupBy(options.groupBy())
                .setGroupByAll(options.groupByAll())
                .setGroupWait(Times.duration(options.groupWait()))
                .setGroupInterval(Times.duration(options.groupInterval()))
                .setRepeatInterval(Times.duration(options.repeatInterval()))
                .addAllMuteTimeIntervals(options.muteTimeIntervals())
                .addAllActiveTimeIntervals(options.activeTimeIntervals());
        route.matchers().forEach(matcher -> out.addMatchers(SilenceMessages.matcher(matcher)));
        return out;
    }

    static RouteWalk walk(dev.tocsin.core.route.RouteWalk walk) {
        RouteWalk.Builder out = RouteWalk.newBuilder().setRoute(plain(walk.route()));
        walk.matchers()
                .forEach(verdict -> out.addMatchers(MatcherVerdict.newBuilder()
                        .setMatcher(SilenceMessages.matcher(verdict.matcher()))
                        .setValue(verdict.value())
                        .setMatches(verdict.matches())));
        switch (walk.conclusion()) {
            case dev.tocsin.core.route.RouteWalk.Selected() ->
                out.setConclusion(RouteConclusion.ROUTE_CONCLUSION_SELECTED);
            case dev.tocsin.core.route.RouteWalk.PassedOn() ->
                out.setConclusion(RouteConclusion.ROUTE_CONCLUSION_PASSED_ON);
            case dev.tocsin.core.route.RouteWalk.Rejected() ->
                out.setConclusion(RouteConclusion.ROUTE_CONCLUSION_REJECTED);
            case dev.tocsin.core.route.RouteWalk.NotTried(var sibling) ->
                out.setConclusion(RouteConclusion.ROUTE_CONCLUSION_NOT_TRIED).setStoppedBy(sibling.id());
        }
        walk.children().forEach(child -> out.addChildren(walk(child)));
        return out.build();
    }

    static RouteServiceWhatIfResponse comparison(Comparison found) {
        RouteServiceWhatIfResponse.Builder out = RouteServiceWhatIfResponse.newBuilder()
                .setSentence(found.sentence())
                .setAlertsTotal(found.alerts())
                .setAlertsChanged(found.alertsChanged())
                .setAlertsToldAgain(found.alertsToldAgain())
                .setGroupsChanged(found.groupsStopped() + found.groupsStarted())
                .setGroupsStopped(found.groupsStopped())
                .setGroupsStarted(found.groupsStarted());
        for (Comparison.AlertChange change : found.changedAlerts()) {
            RouteServiceWhatIfResponse.AlertChange.Builder alert = out.addAlertsBuilder()
                    .setFingerprint(LabelSet.fingerprintText(change.fingerprint()))
                    .addAllReceiversLost(change.lost())
                    .addAllReceiversGained(change.gained())
                    .addAllReceiversToldAgain(change.toldAgain())
                    .setReason(change.reason());
            change.labels().forEach(alert::putLabels);
        }
        for (Comparison.GroupChange change : found.changedGroups()) {
            out.addGroupsBuilder()
                    .setGroupKey(change.groupKey())
                    .setReceiver(change.receiver())
                    .setNotifiesNow(change.notifiesNow())
                    .setWouldNotify(change.wouldNotify())
                    .setAlerts(change.alerts())
                    .setReason(change.reason());
        }
        for (Comparison.ReceiverChange change : found.receivers()) {
            if (change.alertsThen() < change.alertsNow()) {
                out.addReceiversLosing(change.receiver());
            }
            out.addReceiversBuilder()
                    .setReceiver(change.receiver())
                    .setAlertsNow(change.alertsNow())
                    .setAlertsThen(change.alertsThen());
        }
        for (ConfigDifference difference : found.differences()) {
            out.addDifferencesBuilder()
                    .setWhat(difference.what())
                    .setName(difference.name())
                    .setChange(difference.change().name().toLowerCase(Locale.ROOT))
                    .setDetail(difference.detail());
        }
        return out.build();
    }
}
