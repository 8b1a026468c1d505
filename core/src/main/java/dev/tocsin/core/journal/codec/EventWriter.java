package dev.tocsin.core.journal.codec;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.proto.Event;
import dev.tocsin.core.journal.proto.Grouped;
import dev.tocsin.core.journal.proto.Merged;
import dev.tocsin.core.journal.proto.Routed;
import dev.tocsin.core.wire.WireBuffer;
import java.util.List;

/**
 * Writes events as {@link EventCodec} does, those that each new alert leaves without building their messages: these would
 * cost more than everything else that is done for the event. For one thread.
 */
public final class EventWriter {
    private final WireBuffer message = new WireBuffer(1 << 10);
    private final KnownTexts known = new KnownTexts();

    /** Adds the event's bytes to {@code out}. */
    public void write(JournalEvent event, WireBuffer out) {
        message.truncate(0);
        // no switch over patterns, which the quick compiler makes a call of a method handle
        if (event instanceof AlertEvent.Merged merged) {
            write(merged, out);
        } else if (event instanceof AlertEvent.Routed routed) {
            write(routed, out);
        } else if (event instanceof GroupEvent.Grouped grouped) {
            write(grouped, out);
        } else {
            out.raw(EventCodec.encode(event));
        }
    }

    private void write(AlertEvent.Merged event, WireBuffer out) {
        message.pairs(Merged.LABELS_FIELD_NUMBER, event.labels());
        if (event.change().number() != 0) {
            message.number(Merged.CHANGE_FIELD_NUMBER, event.change().number());
        }
        text(Merged.SOURCE_FIELD_NUMBER, event.source());
        out.message(Event.MERGED_FIELD_NUMBER, message);
    }

    private void write(AlertEvent.Routed event, WireBuffer out) {
        fingerprint(Routed.FINGERPRINT_FIELD_NUMBER, event.fingerprint());
        texts(Routed.ROUTES_FIELD_NUMBER, event.routes());
        texts(Routed.RECEIVERS_FIELD_NUMBER, event.receivers());
        out.message(Event.ROUTED_FIELD_NUMBER, message);
    }

    private void write(GroupEvent.Grouped event, WireBuffer out) {
        text(Grouped.GROUP_KEY_FIELD_NUMBER, event.groupKey());
        text(Grouped.RECEIVER_FIELD_NUMBER, event.receiver());
        fingerprint(Grouped.FINGERPRINT_FIELD_NUMBER, event.fingerprint());
        if (event.created()) {
            message.number(Grouped.CREATED_FIELD_NUMBER, 1);
        }
        out.message(Event.GROUPED_FIELD_NUMBER, message);
    }

    private void text(int field, String text) {
        if (!text.isEmpty()) {
            message.text(field, known.utf8(text));
        }
    }

    private void texts(int field, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            message.text(field, known.utf8(texts.get(i)));
        }
    }

    private void fingerprint(int field, long fingerprint) {
        if (fingerprint != 0) {
            message.fixed(field, fingerprint);
        }
    }
}
