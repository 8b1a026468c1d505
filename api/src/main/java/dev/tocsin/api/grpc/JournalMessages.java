package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.JournalEntry;
import dev.tocsin.api.grpc.v1.SilentNode;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.NotificationService;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.NotificationEvent;
import java.time.Instant;

/** What the journals tell, as messages. */
final class JournalMessages {
    private JournalMessages() {}

    static JournalEntry entry(dev.tocsin.core.journal.JournalEntry entry) {
        return entry(entry.node(), entry.at(), entry.event())
                .setOffset(entry.offset())
                .build();
    }

    /** An entry without its place. */
    static JournalEntry.Builder entry(String node, Instant at, JournalEvent event) {
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
}
