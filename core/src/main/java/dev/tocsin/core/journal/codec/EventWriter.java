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
    private final KnownTexts known = new KnownTexts();

    /** Puts the event's bytes in front of those of {@code out}. */
    public void write(JournalEvent event, WireBuffer out) {
        int before = out.length();
        // no switch over patterns, which the quick compiler makes a call of a method handle
        if (event instanceof AlertEvent.Merged merged) {
            write(merged, out);
            out.message(Event.MERGED_FIELD_NUMBER, before);
        } else if (event instanceof AlertEvent.Routed routed) {
            write(routed, out);
            out.message(Event.ROUTED_FIELD_NUMBER, before);
        } else if (event instanceof GroupEvent.Grouped grouped) {
            write(grouped, out);
            out.message(Event.GROUPED_FIELD_NUMBER, before);
        } else {
            out.raw(EventCodec.encode(event));
        }
    }

    private void write(AlertEvent.Merged event, WireBuffer out) {
        text(Merged.SOURCE_FIELD_NUMBER, event.source(), out);
        out.number(Merged.CHANGE_FIELD_NUMBER, event.change().number());
        out.pairs(Merged.LABELS_FIELD_NUMBER, event.labels());
    }

    private void write(AlertEvent.Routed event, WireBuffer out) {
        texts(Routed.RECEIVERS_FIELD_NUMBER, event.receivers(), out);
        texts(Routed.ROUTES_FIELD_NUMBER, event.routes(), out);
        out.fixed(Routed.FINGERPRINT_FIELD_NUMBER, event.fingerprint());
    }

    private void write(GroupEvent.Grouped event, WireBuffer out) {
        out.flag(Grouped.CREATED_FIELD_NUMBER, event.created());
        out.fixed(Grouped.FINGERPRINT_FIELD_NUMBER, event.fingerprint());
        text(Grouped.RECEIVER_FIELD_NUMBER, event.receiver(), out);
        text(Grouped.GROUP_KEY_FIELD_NUMBER, event.groupKey(), out);
    }

    private void text(int field, String text, WireBuffer out) {
        if (!text.isEmpty()) {
            out.text(field, known.utf8(text));
        }
    }

    private void texts(int field, List<String> texts, WireBuffer out) {
        for (int i = texts.size() - 1; i >= 0; i--) {
            out.text(field, known.utf8(texts.get(i)));
        }
    }
}
