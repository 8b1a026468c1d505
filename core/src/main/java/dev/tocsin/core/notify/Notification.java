package dev.tocsin.core.notify;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.template.TemplateData;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that one integration needs to know to send one notification. Immutable: each retry gets the same one but
 * for {@code possibleRepeat}.
 *
 * @param receiver the receiver's name
 * @param integration the integration's name and index, such as {@code webhook[0]}
 * @param groupKey the group key's text (contract section 5.1)
 * @param groupLabels the labels that all alerts of the group share by grouping
 * @param routeLabels rendered route labels; may be empty
 * @param alerts what to tell, never empty, sorted as the contract's section 0.3 says; alerts that fire at {@code at} have
 *     an end after it, resolved ones do not. Resolved alerts are absent if the integration does not send them
 * @param at the instant that splits firing from resolved alerts
 * @param reason why it is sent
 * @param externalUrl this hub's public address, without a trailing slash
 * @param sequence grows with each notification of a (group, receiver, integration)
 * @param idempotencyKey the same for every attempt and every node that sends this very notification
 * @param possibleRepeat whether an earlier attempt may have been accepted without an answer
 * @param receiverData what the integration stored with earlier notifications of this group, such as a thread id
 */
public record Notification(
        String receiver,
        String integration,
        String groupKey,
        LabelSet groupLabels,
        Map<String, String> routeLabels,
        List<Alert> alerts,
        Instant at,
        NotificationReason reason,
        URI externalUrl,
        long sequence,
        String idempotencyKey,
        boolean possibleRepeat,
        Map<String, ReceiverValue> receiverData) {

    /** Whether at least one alert fires. */
    public boolean firing() {
        for (Alert alert : alerts) {
            if (!alert.resolvedAt(at)) {
                return true;
            }
        }
        return false;
    }

    /** What templates see of it. Built anew at each call: build it once for all templates of a notification. */
    public TemplateData templateData() {
        return templateData(alerts);
    }

    /**
     * As {@link #templateData()}, with only some of the alerts: status and common labels are those of {@code kept}.
     *
     * @param kept the alerts that are told, in their order
     */
    public TemplateData templateData(List<Alert> kept) {
        return new TemplateData(
                receiver, kept, at, reason.text(), groupLabels, LabelSet.of(routeLabels), externalUrl.toString());
    }

    /** The same notification, marked as one that the receiver may have accepted before. */
    public Notification asPossibleRepeat() {
        return new Notification(
                receiver,
                integration,
                groupKey,
                groupLabels,
                routeLabels,
                alerts,
                at,
                reason,
                externalUrl,
                sequence,
                idempotencyKey,
                true,
                receiverData);
    }
}
