package dev.tocsin.core.explain;

import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest notification that an integration has accepted for a group, as far as the notification log remembers.
 *
 * @param at when its answer was read
 * @param node the name of the node that sent it, or what is known of it
 * @param marked whether it went out as a possible repeat
 * @param firing whether it told the alert as firing
 * @param resolved whether it told the alert as resolved
 */
public record LastNotification(
        Instant at, String node, long sequence, boolean marked, boolean firing, boolean resolved) {
    /**
     * What a journal tells of a success.
     *
     * @param labels the alert's; null if they are not known, which leaves out what other nodes were told of it
     * @return null if it tells of none
     */
    static @Nullable LastNotification of(HistoryLine line, long fingerprint, @Nullable LabelSet labels) {
        return switch (line.event()) {
            case NotificationEvent.Delivered told ->
                new LastNotification(
                        line.at(),
                        line.node(),
                        told.sequence(),
                        told.marked(),
                        told.firing().contains(fingerprint),
                        told.resolved().contains(fingerprint));
            case NotificationEvent.Learned told -> {
                long hash = labels == null ? 0 : AlertHash.of(labels);
                yield new LastNotification(
                        told.at(),
                        told.node(),
                        told.sequence(),
                        told.marked(),
                        labels != null && told.firing().contains(hash),
                        labels != null && told.resolved().contains(hash));
            }
            default -> null;
        };
    }
}
