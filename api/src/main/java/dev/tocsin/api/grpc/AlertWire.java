package dev.tocsin.api.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Writes alerts as the bytes of the messages that {@link AlertMessages} builds. Long lists are read over and over, and
 * building their messages costs a multiple of writing them. Immutable.
 */
final class AlertWire {
    private static final int KEY = 1;
    private static final int VALUE = 2;

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

    /** How many bytes {@link #write} writes. */
    int size(AlertView view) {
        var alert = view.alert();
        int size = 0;
        if (has(Alert.FINGERPRINT_FIELD_NUMBER)) {
            size += CodedOutputStream.computeTagSize(Alert.FINGERPRINT_FIELD_NUMBER) + 1 + 2 * Long.BYTES;
        }
        size += size(Alert.LABELS_FIELD_NUMBER, alert.labels());
        size += size(Alert.ANNOTATIONS_FIELD_NUMBER, alert.annotations());
        size += size(Alert.STARTS_AT_FIELD_NUMBER, alert.startsAt());
        size += size(Alert.ENDS_AT_FIELD_NUMBER, alert.endsAt());
        size += size(Alert.UPDATED_AT_FIELD_NUMBER, alert.updatedAt());
        if (has(Alert.GENERATOR_URL_FIELD_NUMBER) && !alert.generatorUrl().isEmpty()) {
            size += CodedOutputStream.computeStringSize(Alert.GENERATOR_URL_FIELD_NUMBER, alert.generatorUrl());
        }
        if (has(Alert.STATE_FIELD_NUMBER)) {
            size += CodedOutputStream.computeEnumSize(
                    Alert.STATE_FIELD_NUMBER, AlertMessages.state(view, now).getNumber());
        }
        size += size(Alert.SILENCED_BY_FIELD_NUMBER, view.silencedBy());
        size += size(Alert.INHIBITED_BY_FIELD_NUMBER, view.inhibitedBy());
        size += size(Alert.MUTED_BY_FIELD_NUMBER, view.mutedBy());
        size += size(Alert.RECEIVERS_FIELD_NUMBER, view.receivers());
        return size;
    }

    /** Writes the fields of a message, without its length. */
    void write(AlertView view, CodedOutputStream out) throws IOException {
        var alert = view.alert();
        if (has(Alert.FINGERPRINT_FIELD_NUMBER)) {
            out.writeString(Alert.FINGERPRINT_FIELD_NUMBER, LabelSet.fingerprintText(alert.fingerprint()));
        }
        write(Alert.LABELS_FIELD_NUMBER, alert.labels(), out);
        write(Alert.ANNOTATIONS_FIELD_NUMBER, alert.annotations(), out);
        write(Alert.STARTS_AT_FIELD_NUMBER, alert.startsAt(), out);
        write(Alert.ENDS_AT_FIELD_NUMBER, alert.endsAt(), out);
        write(Alert.UPDATED_AT_FIELD_NUMBER, alert.updatedAt(), out);
        if (has(Alert.GENERATOR_URL_FIELD_NUMBER) && !alert.generatorUrl().isEmpty()) {
            out.writeString(Alert.GENERATOR_URL_FIELD_NUMBER, alert.generatorUrl());
        }
        if (has(Alert.STATE_FIELD_NUMBER)) {
            out.writeEnum(
                    Alert.STATE_FIELD_NUMBER, AlertMessages.state(view, now).getNumber());
        }
        write(Alert.SILENCED_BY_FIELD_NUMBER, view.silencedBy(), out);
        write(Alert.INHIBITED_BY_FIELD_NUMBER, view.inhibitedBy(), out);
        write(Alert.MUTED_BY_FIELD_NUMBER, view.mutedBy(), out);
        write(Alert.RECEIVERS_FIELD_NUMBER, view.receivers(), out);
    }

    private int size(int field, LabelSet labels) {
        int size = 0;
        if (has(field)) {
            for (int i = 0; i < labels.size(); i++) {
                size += messageSize(field, entrySize(labels, i));
            }
        }
        return size;
    }

    private void write(int field, LabelSet labels, CodedOutputStream out) throws IOException {
        if (has(field)) {
            for (int i = 0; i < labels.size(); i++) {
                begin(field, entrySize(labels, i), out);
                out.writeString(KEY, labels.name(i));
                out.writeString(VALUE, labels.value(i));
            }
        }
    }

    /** Entries of maps are messages of a key and a value. */
    private static int entrySize(LabelSet labels, int index) {
        return CodedOutputStream.computeStringSize(KEY, labels.name(index))
                + CodedOutputStream.computeStringSize(VALUE, labels.value(index));
    }

    private int size(int field, Instant time) {
        return has(field) ? messageSize(field, timeSize(Times.shown(time))) : 0;
    }

    private void write(int field, Instant time, CodedOutputStream out) throws IOException {
        if (has(field)) {
            Instant shown = Times.shown(time);
            long seconds = shown.getEpochSecond();
            int nanos = shown.getNano();
            begin(field, timeSize(shown), out);
            if (seconds != 0) {
                out.writeInt64(Timestamp.SECONDS_FIELD_NUMBER, seconds);
            }
            if (nanos != 0) {
                out.writeInt32(Timestamp.NANOS_FIELD_NUMBER, nanos);
            }
        }
    }

    private static int timeSize(Instant shown) {
        long seconds = shown.getEpochSecond();
        int nanos = shown.getNano();
        return (seconds == 0 ? 0 : CodedOutputStream.computeInt64Size(Timestamp.SECONDS_FIELD_NUMBER, seconds))
                + (nanos == 0 ? 0 : CodedOutputStream.computeInt32Size(Timestamp.NANOS_FIELD_NUMBER, nanos));
    }

    private int size(int field, List<String> texts) {
        int size = 0;
        if (has(field)) {
            for (int i = 0; i < texts.size(); i++) {
                size += CodedOutputStream.computeStringSize(field, texts.get(i));
            }
        }
        return size;
    }

    private void write(int field, List<String> texts, CodedOutputStream out) throws IOException {
        if (has(field)) {
            for (int i = 0; i < texts.size(); i++) {
                out.writeString(field, texts.get(i));
            }
        }
    }

    /** How many bytes a message of {@code size} bytes takes as a field of another one. */
    static int messageSize(int field, int size) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }

    /** Writes what comes before the {@code size} bytes of a message that is a field of another one. */
    static void begin(int field, int size, CodedOutputStream out) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
    }
}
