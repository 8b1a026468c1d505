package dev.tocsin.core.journal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.proto.Event;
import java.io.IOException;
import java.time.DateTimeException;

/** Events as protocol buffers, and back. */
public final class EventCodec {
    private EventCodec() {}

    /** The event's bytes. */
    public static byte[] encode(JournalEvent event) {
        return message(event).toByteArray();
    }

    /** The event as a message, for those who put its bytes elsewhere. */
    public static Event message(JournalEvent event) {
        Event.Builder message = Event.newBuilder();
        switch (event) {
            case AlertEvent ofAlert -> AlertEvents.write(ofAlert, message);
            case GroupEvent ofGroup -> GroupEvents.write(ofGroup, message);
            case NotificationEvent ofNotification -> NotificationEvents.write(ofNotification, message);
            case HubEvent ofHub -> HubEvents.write(ofHub, message);
        }
        return message.build();
    }

    /**
     * The event that these bytes stand for.
     *
     * @throws IOException if they are none, or of a kind that this version does not know
     */
    public static JournalEvent decode(ByteString bytes) throws IOException {
        try {
            return read(Event.parseFrom(bytes));
        } catch (InvalidProtocolBufferException
                | DateTimeException
                | ArithmeticException
                | IllegalArgumentException e) {
            throw new IOException("not an event of the journal: " + e.getMessage(), e);
        }
    }

    private static JournalEvent read(Event message) throws IOException {
        return switch (message.getKindCase()) {
            case RECEIVED -> AlertEvents.read(message.getReceived());
            case ALERT_REFUSED -> AlertEvents.read(message.getAlertRefused());
            case MERGED -> AlertEvents.read(message.getMerged());
            case LIMITED -> AlertEvents.read(message.getLimited());
            case OMITTED -> AlertEvents.read(message.getOmitted());
            case ROUTED -> AlertEvents.read(message.getRouted());
            case GROUPED -> GroupEvents.read(message.getGrouped());
            case FLUSHED -> GroupEvents.read(message.getFlushed());
            case TURN_TAKEN -> GroupEvents.read(message.getTurnTaken());
            case INHIBITED -> GroupEvents.read(message.getInhibited());
            case SILENCED -> GroupEvents.read(message.getSilenced());
            case INTERVAL_MUTED -> GroupEvents.read(message.getIntervalMuted());
            case DEDUPLICATED -> NotificationEvents.read(message.getDeduplicated());
            case CLAIMED -> NotificationEvents.read(message.getClaimed());
            case CLAIM_REFUSED -> NotificationEvents.refused(message.getClaimRefused());
            case CLAIM_HELD -> NotificationEvents.held(message.getClaimHeld());
            case HANDED_OVER -> NotificationEvents.read(message.getHandedOver());
            case ATTEMPTED -> NotificationEvents.read(message.getAttempted());
            case DELIVERED -> NotificationEvents.read(message.getDelivered());
            case FAILED -> NotificationEvents.read(message.getFailed());
            case REPEATED -> NotificationEvents.read(message.getRepeated());
            case SKIPPED -> NotificationEvents.read(message.getSkipped());
            case LEARNED -> NotificationEvents.read(message.getLearned());
            case UNSURE -> NotificationEvents.read(message.getUnsure());
            case STARTED -> new HubEvent.Started(message.getStarted().getText());
            case STOPPED -> new HubEvent.Stopped(message.getStopped().getText());
            case CONFIG_LOADED ->
                new HubEvent.ConfigLoaded(
                        message.getConfigLoaded().getFile(),
                        message.getConfigLoaded().getDetail());
            case CONFIG_REFUSED ->
                new HubEvent.ConfigRefused(
                        message.getConfigRefused().getFile(),
                        message.getConfigRefused().getDetail());
            case SILENCE_CREATED ->
                new HubEvent.SilenceCreated(
                        HubEvents.silence(message.getSilenceCreated().getSilence()));
            case SILENCE_UPDATED ->
                new HubEvent.SilenceUpdated(
                        HubEvents.silence(message.getSilenceUpdated().getBefore()),
                        HubEvents.silence(message.getSilenceUpdated().getSilence()));
            case SILENCE_EXPIRED ->
                new HubEvent.SilenceExpired(
                        HubEvents.silence(message.getSilenceExpired().getSilence()));
            case MEMBER_JOINED ->
                new HubEvent.MemberJoined(message.getMemberJoined().getName());
            case MEMBER_LOST ->
                new HubEvent.MemberLost(
                        message.getMemberLost().getName(),
                        message.getMemberLost().getWhy());
            case TURNED_COLD -> new HubEvent.TurnedCold(message.getTurnedCold().getText());
            case TURNED_WARM -> new HubEvent.TurnedWarm();
            case GAP ->
                new HubEvent.Gap(
                        message.getGap().getEvents(),
                        Fields.time(message.getGap().getUntil()));
            case INTERRUPTED -> new HubEvent.Interrupted(Fields.time(message.getInterrupted()));
            case KIND_NOT_SET -> throw new IOException("an event of a kind that only a later version knows");
        };
    }
}
