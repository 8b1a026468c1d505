package dev.tocsin.api.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.wire.WireBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Writes alerts as the bytes of the messages that {@link AlertMessages} builds. Long lists are read over and over, and
 * building their messages costs a multiple of writing them. Immutable.
 */
final class AlertWire {
    private final Instant now;

    /** Bit n stands for the field of number n. */
    private final long fields;

    /**
     * @param fields names of the fields to write, as {@link AlertMessages#fields} gives them
     * @param now decides whether an alert is resolved
     */
    AlertWire(Set<String> fields, Instant now) {
        this.now = now;
        long bits = 0;
        for (var field : Alert.getDescriptor().getFields()) {
            if (fields.contains(field.getName())) {
                bits |= 1L << field.getNumber();
            }
        }
        this.fields = bits;
    }

    private boolean has(int field) {
        return (fields & (1L << field)) != 0;
    }

    /** Writes the fields of a message, without its length. */
    void write(AlertView view, WireBuffer out) {
        var alert = view.alert();
        if (has(Alert.FINGERPRINT_FIELD_NUMBER)) {
            out.fingerprint(Alert.FINGERPRINT_FIELD_NUMBER, alert.fingerprint());
        }
        write(Alert.LABELS_FIELD_NUMBER, alert.labels(), out);
        write(Alert.ANNOTATIONS_FIELD_NUMBER, alert.annotations(), out);
        write(Alert.STARTS_AT_FIELD_NUMBER, alert.startsAt(), out);
        write(Alert.ENDS_AT_FIELD_NUMBER, alert.endsAt(), out);
        write(Alert.UPDATED_AT_FIELD_NUMBER, alert.updatedAt(), out);
        if (has(Alert.GENERATOR_URL_FIELD_NUMBER) && !alert.generatorUrl().isEmpty()) {
            out.text(Alert.GENERATOR_URL_FIELD_NUMBER, alert.generatorUrl());
        }
        if (has(Alert.STATE_FIELD_NUMBER)) {
            out.number(Alert.STATE_FIELD_NUMBER, AlertMessages.state(view, now).getNumber());
        }
        write(Alert.SILENCED_BY_FIELD_NUMBER, view.silencedBy(), out);
        write(Alert.INHIBITED_BY_FIELD_NUMBER, view.inhibitedBy(), out);
        write(Alert.MUTED_BY_FIELD_NUMBER, view.mutedBy(), out);
        write(Alert.RECEIVERS_FIELD_NUMBER, view.receivers(), out);
    }

    private void write(int field, LabelSet labels, WireBuffer out) {
        if (has(field)) {
            out.map(field, labels);
        }
    }

    private void write(int field, Instant time, WireBuffer out) {
        if (has(field)) {
            Instant shown = Times.shown(time);
            long seconds = shown.getEpochSecond();
            int nanos = shown.getNano();
            out.begin(field, timeSize(seconds, nanos));
            if (seconds != 0) {
                out.number(Timestamp.SECONDS_FIELD_NUMBER, seconds);
            }
            if (nanos != 0) {
                out.number(Timestamp.NANOS_FIELD_NUMBER, nanos);
            }
        }
    }

    private static int timeSize(long seconds, int nanos) {
        return (seconds == 0 ? 0 : CodedOutputStream.computeInt64Size(Timestamp.SECONDS_FIELD_NUMBER, seconds))
                + (nanos == 0 ? 0 : CodedOutputStream.computeInt32Size(Timestamp.NANOS_FIELD_NUMBER, nanos));
    }

    private void write(int field, List<String> texts, WireBuffer out) {
        if (has(field)) {
            for (int i = 0; i < texts.size(); i++) {
                out.text(field, texts.get(i));
            }
        }
    }
}
