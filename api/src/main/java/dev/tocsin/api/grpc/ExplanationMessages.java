package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.Explanation;
import dev.tocsin.api.grpc.v1.IntegrationExplanation;
import dev.tocsin.api.grpc.v1.RouteExplanation;
import dev.tocsin.api.grpc.v1.StageVerdict;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.HistoryLine;
import dev.tocsin.core.explain.LastNotification;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.route.OptionOrigins;
import java.util.Locale;

/** Explanations as messages. */
final class ExplanationMessages {
    private ExplanationMessages() {}

    static Explanation explanation(dev.tocsin.core.explain.Explanation found) {
        Explanation.Builder out = Explanation.newBuilder()
                .setSentence(found.sentence())
                .setCause(word(found.cause()))
                .setFingerprint(LabelSet.fingerprintText(found.fingerprint()))
                .setStatus(word(found.standing().state()))
                .setAt(Times.timestamp(found.at()))
                .setPast(found.past())
                .setMoreRoutes(found.moreGroups())
                .addAllNotes(found.notes())
                .setNode(found.node());
        if (found.labels() != null) {
            found.labels().forEach(out::putLabels);
        }
        if (found.routes() != null) {
            out.setWalk(RouteMessages.walk(found.routes()));
        }
        found.groups().forEach(group -> out.addRoutes(route(group, found.past())));
        for (HistoryLine line : found.history()) {
            out.addHistory(JournalMessages.entry(line.node(), line.at(), line.event()));
        }
        found.silentNodes()
                .forEach(node -> out.addSilentNodes(JournalMessages.silent(node, "it did not answer in time")));
        return out.build();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static RouteExplanation.Builder route(GroupExplanation group, boolean past) {
        RouteExplanation.Builder out = RouteExplanation.newBuilder()
                .setRoute(RouteMessages.plain(group.route()))
                .setGroupKey(group.groupKey())
                .setGroupState(past ? "unknown" : "absent")
                .setOwner(group.order().isEmpty() ? "" : group.order().getFirst())
                .addAllOrder(group.order())
                .setMember(group.member())
                .setSize(group.size())
                .setText(group.text())
                .setCause(word(group.cause()));
        group.labels().forEach(out::putGroupLabels);
        origins(out, group.route().origins());
        GroupMoment moment = group.moment();
        if (moment != null) {
            out.setGroupState(word(moment.state())).setNextFlushAt(Times.timestamp(moment.nextFlush()));
            if (moment.dueSince() != null) {
                out.setDueSince(Times.timestamp(moment.dueSince()));
            }
        }
        for (var stage : group.stages()) {
            out.addStages(StageVerdict.newBuilder()
                    .setStage(word(stage.stage()))
                    .setPasses(stage.verdict() instanceof MuteVerdict.NotMuted)
                    .setReason(stage.text()));
        }
        for (var integration : group.integrations()) {
            out.addStages(StageVerdict.newBuilder()
                    .setStage("dedup")
                    .setIntegration(integration.integration())
                    .setPasses(integration.sends())
                    .setReason(integration.text()));
            out.addIntegrations(integration(integration));
        }
        return out;
    }

    private static void origins(RouteExplanation.Builder out, OptionOrigins origins) {
        out.putInheritedFrom("receiver", origins.receiver())
                .putInheritedFrom("group_by", origins.groupBy())
                .putInheritedFrom("group_wait", origins.groupWait())
                .putInheritedFrom("group_interval", origins.groupInterval())
                .putInheritedFrom("repeat_interval", origins.repeatInterval());
    }

    private static IntegrationExplanation.Builder integration(
            dev.tocsin.core.explain.IntegrationExplanation integration) {
        IntegrationExplanation.Builder out = IntegrationExplanation.newBuilder()
                .setIntegration(integration.integration())
                .setSendResolved(integration.sendResolved())
                .setSends(integration.sends())
                .setDoubt(integration.doubt())
                .setCause(word(integration.cause()))
                .setText(integration.text());
        LastNotification last = integration.last();
        if (last != null) {
            out.setLast(IntegrationExplanation.Last.newBuilder()
                    .setAt(Times.timestamp(last.at()))
                    .setNode(last.node())
                    .setSequence(last.sequence())
                    .setPossibleRepeat(last.marked())
                    .setFiring(last.firing())
                    .setResolved(last.resolved()));
        }
        if (integration.repeatAfter() != null) {
            out.setRepeatAfter(Times.timestamp(integration.repeatAfter()));
        }
        for (HistoryLine line : integration.attempts()) {
            out.addAttempts(JournalMessages.entry(line.node(), line.at(), line.event()));
        }
        return out;
    }
}
