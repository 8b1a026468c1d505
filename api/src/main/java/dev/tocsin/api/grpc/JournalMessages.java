package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.Explanation;
import dev.tocsin.api.grpc.v1.JournalEntry;
import dev.tocsin.api.grpc.v1.RouteExplanation;
import dev.tocsin.api.grpc.v1.SilentNode;
import dev.tocsin.api.grpc.v1.StageVerdict;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.NotificationService;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.HistoryLine;
import dev.tocsin.core.explain.IntegrationExplanation;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteVerdict;
import java.time.Instant;
import java.util.Locale;

/** What the journals tell, and explanations, as messages. */
final class JournalMessages {
    private JournalMessages() {}

    static JournalEntry entry(dev.tocsin.core.journal.JournalEntry entry) {
        return entry(entry.node(), entry.at(), entry.event())
                .setOffset(entry.offset())
                .build();
    }

    private static JournalEntry.Builder entry(String node, Instant at, JournalEvent event) {
        JournalEntry.Builder out = JournalEntry.newBuilder()
                .setNode(node)
                .setAt(Times.timestamp(at))
                .setKind(event.type().text())
                .setReason(event.reason())
                .setGroupKey(event.groupKey())
                .setReceiver(event.receiver());
        if (event instanceof NotificationEvent notification) {
            out.setIntegration(notification.to().integration()).setSequence(sequence(notification));
        }
        return out;
    }

    private static long sequence(NotificationEvent event) {
        return switch (event) {
            case NotificationEvent.Claimed of -> of.sequence();
            case NotificationEvent.Refused of -> of.sequence();
            case NotificationEvent.Held of -> of.sequence();
            case NotificationEvent.HandedOver of -> of.sequence();
            case NotificationEvent.Attempted of -> of.sequence();
            case NotificationEvent.Delivered of -> of.sequence();
            case NotificationEvent.Failed of -> of.sequence();
            case NotificationEvent.Repeated of -> of.sequence();
            default -> 0;
        };
    }

    static JournalFilter filter(dev.tocsin.api.grpc.v1.JournalFilter filter) {
        return new JournalFilter(
                filter.hasSince() ? Times.instant("filter.since", filter.getSince()) : null,
                filter.hasUntil() ? Times.instant("filter.until", filter.getUntil()) : null,
                filter.getReceiver().isEmpty() ? null : filter.getReceiver(),
                filter.getGroupKey().isEmpty() ? null : filter.getGroupKey(),
                filter.getFingerprint().isEmpty()
                        ? null
                        : AlertService.fingerprint("filter.fingerprint", filter.getFingerprint()),
                NotificationService.types(filter.getKindsList()));
    }

    static SilentNode silent(String node, String error) {
        return SilentNode.newBuilder().setNode(node).setError(error).build();
    }

    static Explanation explanation(dev.tocsin.core.explain.Explanation found) {
        Explanation.Builder out = Explanation.newBuilder()
                .setSentence(found.sentence())
                .setCause(found.cause().name().toLowerCase(Locale.ROOT))
                .setFingerprint(LabelSet.fingerprintText(found.fingerprint()))
                .setStatus(found.standing().state().name().toLowerCase(Locale.ROOT))
                .setAt(Times.timestamp(found.at()))
                .addAllNotes(found.notes())
                .setNode(found.node());
        if (found.labels() != null) {
            found.labels().forEach(out::putLabels);
        }
        if (found.routes() != null) {
            out.setWalk(RouteMessages.walk(found.routes()));
        }
        found.groups().forEach(group -> out.addRoutes(route(group).setGroupState(state(group, found.past()))));
        for (HistoryLine line : found.history()) {
            out.addHistory(entry(line.node(), line.at(), line.event()));
        }
        found.silentNodes().forEach(node -> out.addSilentNodes(silent(node, "it did not answer in time")));
        return out.build();
    }

    private static String state(GroupExplanation group, boolean past) {
        if (group.moment() == null) {
            return past ? "unknown" : "absent";
        }
        return group.moment().state().name().toLowerCase(Locale.ROOT);
    }

    private static RouteExplanation.Builder route(GroupExplanation group) {
        RouteExplanation.Builder out = RouteExplanation.newBuilder()
                .setRoute(RouteMessages.plain(group.route()))
                .setGroupKey(group.groupKey())
                .setOwner(group.order().isEmpty() ? "" : group.order().getFirst())
                .setText(group.text())
                .setCause(group.cause().name().toLowerCase(Locale.ROOT));
        group.labels().forEach(out::putGroupLabels);
        if (group.moment() != null) {
            out.setNextFlushAt(Times.timestamp(group.moment().nextFlush()));
        }
        for (var stage : group.stages()) {
            out.addStages(StageVerdict.newBuilder()
                    .setStage(stage.stage().name().toLowerCase(Locale.ROOT))
                    .setPasses(stage.verdict() instanceof MuteVerdict.NotMuted)
                    .setReason(stage.text()));
        }
        for (IntegrationExplanation integration : group.integrations()) {
            out.addStages(StageVerdict.newBuilder()
                    .setStage("dedup")
                    .setIntegration(integration.integration())
                    .setPasses(integration.sends())
                    .setReason(integration.text()));
        }
        return out;
    }
}
