package dev.tocsin.core.journal.codec;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.proto.AlertRefused;
import dev.tocsin.core.journal.proto.Event;
import dev.tocsin.core.journal.proto.Limited;
import dev.tocsin.core.journal.proto.Merged;
import dev.tocsin.core.journal.proto.Omitted;
import dev.tocsin.core.journal.proto.Received;
import dev.tocsin.core.journal.proto.Routed;
import java.io.IOException;

/** Events of alerts as messages, and back. */
final class AlertEvents {
    private AlertEvents() {}

    static void write(AlertEvent event, Event.Builder into) {
        switch (event) {
            case AlertEvent.Received received -> into.setReceived(message(received));
            case AlertEvent.Refused refused ->
                into.setAlertRefused(AlertRefused.newBuilder()
                        .setSource(refused.source())
                        .addAllLabels(Fields.labels(refused.labels()))
                        .setError(refused.error()));
            case AlertEvent.Merged merged ->
                into.setMerged(Merged.newBuilder()
                        .addAllLabels(Fields.labels(merged.labels()))
                        .setChange(merged.change().number())
                        .setSource(merged.source()));
            case AlertEvent.Limited limited ->
                into.setLimited(Limited.newBuilder()
                        .addAllLabels(Fields.labels(limited.labels()))
                        .setLimit(limited.limit()));
            case AlertEvent.Omitted omitted ->
                into.setOmitted(Omitted.newBuilder()
                        .setSource(omitted.source())
                        .setRefused(omitted.refused())
                        .setLimited(omitted.limited()));
            case AlertEvent.Routed routed ->
                into.setRouted(Routed.newBuilder()
                        .setFingerprint(routed.fingerprint())
                        .addAllRoutes(routed.routes())
                        .addAllReceivers(routed.receivers()));
        }
    }

    private static Received message(AlertEvent.Received event) {
        Received.Builder message = Received.newBuilder()
                .setSource(event.source())
                .setAccepted(event.accepted())
                .setRefused(event.refused());
        Fields.each(event.changed(), message::addChanged);
        return message.build();
    }

    static AlertEvent read(Received message) {
        return new AlertEvent.Received(
                message.getSource(),
                message.getAccepted(),
                message.getRefused(),
                Fields.fingerprints(message.getChangedList()));
    }

    static AlertEvent read(AlertRefused message) throws IOException {
        return new AlertEvent.Refused(message.getSource(), Fields.labels(message.getLabelsList()), message.getError());
    }

    static AlertEvent read(Merged message) throws IOException {
        return new AlertEvent.Merged(
                Fields.labels(message.getLabelsList()), change(message.getChange()), message.getSource());
    }

    private static AlertEvent.Change change(int number) throws IOException {
        for (AlertEvent.Change change : AlertEvent.Change.values()) {
            if (change.number() == number) {
                return change;
            }
        }
        throw new IOException("unknown change " + number);
    }

    static AlertEvent read(Limited message) throws IOException {
        return new AlertEvent.Limited(Fields.labels(message.getLabelsList()), message.getLimit());
    }

    static AlertEvent read(Omitted message) {
        return new AlertEvent.Omitted(message.getSource(), message.getRefused(), message.getLimited());
    }

    static AlertEvent read(Routed message) {
        return new AlertEvent.Routed(message.getFingerprint(), message.getRoutesList(), message.getReceiversList());
    }
}
