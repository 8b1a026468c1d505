package dev.tocsin.api.grpc;

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

    /** Puts the fields of a message, without its length, in front of what is written. */
    void write(AlertView view, WireBuffer out) {
        var alert = view.alert();
        write(Alert.RECEIVERS_FIELD_NUMBER, view.receivers(), out);
        write(Alert.MUTED_BY_FIELD_NUMBER, view.mutedBy(), out);
        write(Alert.INHIBITED_BY_FIELD_NUMBER, view.inhibitedBy(), out);
        write(Alert.SILENCED_BY_FIELD_NUMBER, view.silencedBy(), out);
        if (has(Alert.STATE_FIELD_NUMBER)) {
            out.number(Alert.STATE_FIELD_NUMBER, AlertMessages.state(view, now).getNumber());
        }
        if (has(Alert.GENERATOR_URL_FIELD_NUMBER) && !alert.generatorUrl().isEmpty()) {
            out.text(Alert.GENERATOR_URL_FIELD_NUMBER, alert.generatorUrl());
        }
        write(Alert.UPDATED_AT_FIELD_NUMBER, alert.updatedAt(), out);
        write(Alert.ENDS_AT_FIELD_NUMBER, alert.endsAt(), out);
        write(Alert.STARTS_AT_FIELD_NUMBER, alert.startsAt(), out);
        write(Alert.ANNOTATIONS_FIELD_NUMBER, alert.annotations(), out);
        write(Alert.LABELS_FIELD_NUMBER, alert.labels(), out);
        if (has(Alert.FINGERPRINT_FIELD_NUMBER)) {
            out.fingerprint(Alert.FINGERPRINT_FIELD_NUMBER, alert.fingerprint());
        }
    }

    private void write(int field, LabelSet labels, WireBuffer out) {
        if (has(field)) {
            out.map(field, labels);
        }
    }

    private void write(int field, Instant time, WireBuffer out) {
        if (has(field)) {
            out.time(field, Times.shown(time));
        }
    }

    private void write(int field, List<String> texts, WireBuffer out) {
        if (has(field)) {
            for (int i = texts.size() - 1; i >= 0; i--) {
                out.text(field, texts.get(i));
            }
        }
    }
}
