package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.wire.WireBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record of the log {@code alerts}, from its end to its beginning. Alerts share most of their texts with their
 * neighbour, at the same place: such a text is copied from there instead of being encoded. Used by one thread, once.
 */
final class AlertWriter {
    /** Whose report tells when a client that is no source last posted an alert that a source has posted since. */
    static final Source NOBODY = new Source("", "");

    /** A text of the neighbour: where its bytes, with tag and length, begin, counted as {@link WireBuffer} does. */
    private static final class Texts {
        private @Nullable String[] texts = new String[16];
        private int[] starts = new int[16];
        private int[] sizes = new int[16];

        @SuppressWarnings("ReferenceEquality") // equal texts are mostly the same; another copy is encoded again
        void write(WireBuffer out, int field, int place, String text, boolean ascii) {
            if (place >= texts.length) {
                texts = Arrays.copyOf(texts, 2 * place);
                starts = Arrays.copyOf(starts, 2 * place);
                sizes = Arrays.copyOf(sizes, 2 * place);
            }
            if (texts[place] == text) {
                out.again(starts[place], sizes[place]);
                return;
            }
            int before = out.length();
            out.text(field, text, ascii);
            texts[place] = text;
            starts[place] = before;
            sizes[place] = out.length() - before;
        }
    }

    private static final int FIRST_SIZE = 1 << 14;

    private final WireBuffer out = new WireBuffer(FIRST_SIZE);
    private final Map<Source, Integer> sources = new HashMap<>();
    private final Texts labels = new Texts();
    private final Texts annotations = new Texts();
    private final Texts urls = new Texts();

    /** The record: where the node was alive at {@code writtenAt}, and these alerts. */
    byte[] record(Instant writtenAt, List<StoredAlert> alerts) {
        for (int i = alerts.size() - 1; i >= 0; i--) {
            int before = out.length();
            state(alerts.get(i));
            out.message(AlertCodec.ALERTS, before);
        }
        Source[] known = new Source[sources.size()];
        sources.forEach((source, index) -> known[index] = source);
        for (int i = known.length - 1; i >= 0; i--) {
            int before = out.length();
            filled(AlertCodec.ORIGIN, known[i].origin());
            filled(AlertCodec.ADDRESS, known[i].address());
            out.message(AlertCodec.SOURCES, before);
        }
        out.time(AlertCodec.WRITTEN_AT, writtenAt);
        return out.toByteArray();
    }

    private void filled(int field, String text) {
        if (!text.isEmpty()) {
            out.text(field, text);
        }
    }

    private void state(StoredAlert stored) {
        Alert alert = stored.alert();
        SourceReport reports = stored.reports();
        if (reports != null) {
            if (stored.plainAt().isAfter(Instant.MIN)) {
                int before = out.length();
                out.time(AlertCodec.REPORT_SEEN_AT, stored.plainAt());
                out.number(AlertCodec.REPORT_SOURCE, index(NOBODY));
                out.message(AlertCodec.REPORTS, before);
            }
            write(reports);
        }
        out.flag(AlertCodec.TIMEOUT, alert.timeout());
        if (!alert.generatorUrl().isEmpty()) {
            urls.write(out, AlertCodec.GENERATOR_URL, 0, alert.generatorUrl(), false);
        }
        out.time(AlertCodec.UPDATED_AT, alert.updatedAt());
        out.signed(AlertCodec.ENDS_AT_OFFSET, alert.endsAtOffset().getTotalSeconds());
        out.time(AlertCodec.ENDS_AT, alert.endsAt());
        out.signed(AlertCodec.STARTS_AT_OFFSET, alert.startsAtOffset().getTotalSeconds());
        out.time(AlertCodec.STARTS_AT, alert.startsAt());
        write(AlertCodec.ANNOTATIONS, alert.annotations(), annotations);
        write(AlertCodec.LABELS, alert.labels(), labels);
    }

    private void write(int field, LabelSet pairs, Texts known) {
        boolean ascii = pairs.isAscii();
        for (int i = pairs.size() - 1; i >= 0; i--) {
            known.write(out, field, 2 * i + 1, pairs.value(i), ascii);
            known.write(out, field, 2 * i, pairs.name(i), ascii);
        }
    }

    /** The latest poster stands first. */
    private void write(SourceReport report) {
        SourceReport next = report.next();
        if (next != null) {
            write(next);
        }
        int before = out.length();
        out.time(AlertCodec.REPORT_TOLD_START, report.toldStart());
        out.number(AlertCodec.REPORT_PERIOD, report.periodMillis());
        out.time(AlertCodec.REPORT_SEEN_AT, report.seenAt());
        out.flag(AlertCodec.REPORT_TIMEOUT, report.timeout());
        out.time(AlertCodec.REPORT_ENDS_AT, report.endsAt());
        out.time(AlertCodec.REPORT_STARTS_AT, report.startsAt());
        out.number(AlertCodec.REPORT_SOURCE, index(report.source()));
        out.message(AlertCodec.REPORTS, before);
    }

    private int index(Source source) {
        Integer known = sources.putIfAbsent(source, sources.size());
        return known == null ? sources.size() - 1 : known;
    }
}
