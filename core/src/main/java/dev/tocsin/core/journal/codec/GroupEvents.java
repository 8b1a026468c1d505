package dev.tocsin.core.journal.codec;

import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.proto.Event;
import dev.tocsin.core.journal.proto.Flushed;
import dev.tocsin.core.journal.proto.Grouped;
import dev.tocsin.core.journal.proto.Inhibited;
import dev.tocsin.core.journal.proto.IntervalMuted;
import dev.tocsin.core.journal.proto.Silenced;
import dev.tocsin.core.journal.proto.TurnTaken;

/** Events of groups as messages, and back. */
final class GroupEvents {
    private GroupEvents() {}

    static void write(GroupEvent event, Event.Builder into) {
        switch (event) {
            case GroupEvent.Grouped grouped ->
                into.setGrouped(Grouped.newBuilder()
                        .setGroupKey(grouped.groupKey())
                        .setReceiver(grouped.receiver())
                        .setFingerprint(grouped.fingerprint())
                        .setCreated(grouped.created()));
            case GroupEvent.Flushed flushed -> into.setFlushed(message(flushed));
            case GroupEvent.TurnTaken taken ->
                into.setTurnTaken(TurnTaken.newBuilder()
                        .setGroupKey(taken.groupKey())
                        .setReceiver(taken.receiver())
                        .setCause(taken.cause()));
            case GroupEvent.Inhibited inhibited -> into.setInhibited(message(inhibited));
            case GroupEvent.Silenced silenced -> into.setSilenced(message(silenced));
            case GroupEvent.IntervalMuted muted -> into.setIntervalMuted(message(muted));
        }
    }

    private static Flushed message(GroupEvent.Flushed event) {
        Flushed.Builder message =
                Flushed.newBuilder().setGroupKey(event.groupKey()).setReceiver(event.receiver());
        Fields.each(event.firing(), message::addFiring);
        Fields.each(event.resolved(), message::addResolved);
        return message.build();
    }

    private static Inhibited message(GroupEvent.Inhibited event) {
        Inhibited.Builder message =
                Inhibited.newBuilder().setGroupKey(event.groupKey()).setReceiver(event.receiver());
        for (GroupEvent.Inhibited.Inhibition cause : event.causes()) {
            message.addCausesBuilder()
                    .setFingerprint(cause.fingerprint())
                    .setSource(cause.source())
                    .setRule(cause.rule());
        }
        return message.build();
    }

    private static Silenced message(GroupEvent.Silenced event) {
        Silenced.Builder message =
                Silenced.newBuilder().setGroupKey(event.groupKey()).setReceiver(event.receiver());
        for (GroupEvent.Silenced.Silencing cause : event.causes()) {
            message.addCausesBuilder().setFingerprint(cause.fingerprint()).addAllSilences(cause.silences());
        }
        return message.build();
    }

    private static IntervalMuted message(GroupEvent.IntervalMuted event) {
        IntervalMuted.Builder message = IntervalMuted.newBuilder()
                .setGroupKey(event.groupKey())
                .setReceiver(event.receiver())
                .addAllIntervals(event.intervals())
                .setOutsideActive(event.outsideActive());
        Fields.each(event.alerts(), message::addAlerts);
        if (event.until() != null) {
            message.setUntil(Fields.time(event.until()));
        }
        return message.build();
    }

    static GroupEvent read(Grouped message) {
        return new GroupEvent.Grouped(
                message.getGroupKey(), message.getReceiver(), message.getFingerprint(), message.getCreated());
    }

    static GroupEvent read(Flushed message) {
        return new GroupEvent.Flushed(
                message.getGroupKey(),
                message.getReceiver(),
                Fields.fingerprints(message.getFiringList()),
                Fields.fingerprints(message.getResolvedList()));
    }

    static GroupEvent read(TurnTaken message) {
        return new GroupEvent.TurnTaken(message.getGroupKey(), message.getReceiver(), message.getCause());
    }

    static GroupEvent read(Inhibited message) {
        return new GroupEvent.Inhibited(
                message.getGroupKey(),
                message.getReceiver(),
                message.getCausesList().stream()
                        .map(cause -> new GroupEvent.Inhibited.Inhibition(
                                cause.getFingerprint(), cause.getSource(), cause.getRule()))
                        .toList());
    }

    static GroupEvent read(Silenced message) {
        return new GroupEvent.Silenced(
                message.getGroupKey(),
                message.getReceiver(),
                message.getCausesList().stream()
                        .map(cause ->
                                new GroupEvent.Silenced.Silencing(cause.getFingerprint(), cause.getSilencesList()))
                        .toList());
    }

    static GroupEvent read(IntervalMuted message) {
        return new GroupEvent.IntervalMuted(
                message.getGroupKey(),
                message.getReceiver(),
                Fields.fingerprints(message.getAlertsList()),
                message.getIntervalsList(),
                message.getOutsideActive(),
                message.hasUntil() ? Fields.time(message.getUntil()) : null);
    }
}
