package dev.tocsin.core.store;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record of the log {@code alerts} without building its messages. A text that has the same bytes as the one at
 * the same place of the alert before is that one; times that are equal within an alert are one. Used by one thread, once.
 */
final class AlertReader {
    private static final int TYPE_BITS = 3;

    /** What damaged bytes become. */
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final StringInterner interner;
    private final Sources shared;
    private final List<Source> sources = new ArrayList<>();
    private final Texts labels = new Texts();
    private final Texts annotations = new Texts();
    private final Texts urls = new Texts();
    private final List<SourceReport> reports = new ArrayList<>();
    private Instant writtenAt = Instant.EPOCH;

    /**
     * Reads nothing yet.
     *
     * @param interner keeps texts only once
     * @param shared keeps sources only once
     */
    AlertReader(byte[] bytes, StringInterner interner, Sources shared) {
        this.bytes = bytes;
        this.interner = interner;
        this.shared = shared;
    }

    /** The texts of one list, as they were in the alert before. */
    private final class Texts {
        private @Nullable String[] texts = new String[16];
        private int[] starts = new int[16];
        private int[] ends = new int[16];
        private int count;

        void begin() {
            count = 0;
        }

        String add(CodedInputStream in) throws IOException {
            int size = in.readRawVarint32();
            int start = in.getTotalBytesRead();
            in.skipRawBytes(size);
            int end = start + size;
            if (count == texts.length) {
                texts = Arrays.copyOf(texts, 2 * count);
                starts = Arrays.copyOf(starts, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            String text = texts[count];
            if (text == null || !Arrays.equals(bytes, start, end, bytes, starts[count], ends[count])) {
                text = interner.intern(decoded(start, size));
                texts[count] = text;
            }
            starts[count] = start;
            ends[count] = end;
            count++;
            return text;
        }

        LabelSet labels() throws InvalidProtocolBufferException {
            if (count % 2 != 0) {
                throw new InvalidProtocolBufferException("a label without a value");
            }
            String[] pairs = new String[count];
            System.arraycopy(texts, 0, pairs, 0, count);
            return LabelSet.ofPairs(pairs);
        }
    }

    private String decoded(int start, int size) throws InvalidProtocolBufferException {
        String text = new String(bytes, start, size, StandardCharsets.UTF_8);
        boolean suspect = text.indexOf(REPLACEMENT) >= 0;
        if (suspect && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), 0, size, bytes, start, start + size)) {
            throw new InvalidProtocolBufferException("a text that is not UTF-8");
        }
        return text;
    }

    /** @throws InvalidProtocolBufferException if it is no such record */
    AlertCodec.Decoded read() throws InvalidProtocolBufferException {
        try {
            head(CodedInputStream.newInstance(bytes));
            List<StoredAlert> alerts = new ArrayList<>();
            alerts(CodedInputStream.newInstance(bytes), alerts);
            return new AlertCodec.Decoded(writtenAt, alerts);
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    /** What the alerts refer to is read first, wherever it stands. */
    private void head(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, AlertCodec.WRITTEN_AT)) {
                writtenAt = time(in);
            } else if (isMessage(tag, AlertCodec.SOURCES)) {
                int outer = in.pushLimit(in.readRawVarint32());
                source(in);
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
    }

    private void alerts(CodedInputStream in, List<StoredAlert> alerts) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, AlertCodec.ALERTS)) {
                int outer = in.pushLimit(in.readRawVarint32());
                alerts.add(state(in));
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
    }

    private static boolean isMessage(int tag, int field) {
        return tag == (field << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private void source(CodedInputStream in) throws IOException {
        String address = "";
        String origin = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> TYPE_BITS) {
                case AlertCodec.ADDRESS -> address = in.readStringRequireUtf8();
                case AlertCodec.ORIGIN -> origin = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        sources.add(shared.known(address, origin));
    }

    private StoredAlert state(CodedInputStream in) throws IOException {
        labels.begin();
        annotations.begin();
        urls.begin();
        reports.clear();
        Instant startsAt = Instant.EPOCH;
        Instant endsAt = Instant.EPOCH;
        Instant updatedAt = Instant.EPOCH;
        ZoneOffset startsAtOffset = ZoneOffset.UTC;
        ZoneOffset endsAtOffset = ZoneOffset.UTC;
        String generatorUrl = "";
        boolean timeout = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> TYPE_BITS) {
                case AlertCodec.LABELS -> labels.add(in);
                case AlertCodec.ANNOTATIONS -> annotations.add(in);
                case AlertCodec.STARTS_AT -> startsAt = time(in);
                case AlertCodec.STARTS_AT_OFFSET -> startsAtOffset = ZoneOffset.ofTotalSeconds(in.readSInt32());
                case AlertCodec.ENDS_AT -> endsAt = time(in);
                case AlertCodec.ENDS_AT_OFFSET -> endsAtOffset = ZoneOffset.ofTotalSeconds(in.readSInt32());
                case AlertCodec.UPDATED_AT -> updatedAt = time(in);
                case AlertCodec.GENERATOR_URL -> {
                    urls.begin();
                    generatorUrl = urls.add(in);
                }
                case AlertCodec.TIMEOUT -> timeout = in.readBool();
                case AlertCodec.REPORTS -> {
                    int outer = in.pushLimit(in.readRawVarint32());
                    reports.add(report(in, startsAt, endsAt, updatedAt));
                    in.popLimit(outer);
                }
                default -> in.skipField(tag);
            }
        }
        SourceReport chain = null;
        Instant plainAt = Instant.MIN;
        for (int i = reports.size() - 1; i >= 0; i--) {
            SourceReport report = reports.get(i);
            if (report.source().equals(AlertWriter.NOBODY)) {
                plainAt = report.seenAt();
            } else {
                chain = report.withNext(chain);
            }
        }
        Alert alert = new Alert(
                labels.labels(),
                annotations.labels(),
                startsAt,
                startsAtOffset,
                endsAt,
                endsAtOffset,
                updatedAt,
                generatorUrl,
                timeout);
        return new StoredAlert(alert, chain, endsAt, chain == null ? updatedAt : plainAt);
    }

    private SourceReport report(CodedInputStream in, Instant startsAt, Instant endsAt, Instant updatedAt)
            throws IOException {
        int source = 0;
        Instant start = Instant.EPOCH;
        Instant told = null;
        Instant end = Instant.EPOCH;
        Instant seen = Instant.EPOCH;
        boolean timeout = false;
        int period = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> TYPE_BITS) {
                case AlertCodec.REPORT_SOURCE -> source = in.readUInt32();
                case AlertCodec.REPORT_STARTS_AT -> start = same(time(in), startsAt);
                case AlertCodec.REPORT_ENDS_AT -> end = same(time(in), endsAt);
                case AlertCodec.REPORT_TIMEOUT -> timeout = in.readBool();
                case AlertCodec.REPORT_SEEN_AT -> seen = same(time(in), updatedAt);
                case AlertCodec.REPORT_PERIOD -> period = in.readUInt32();
                case AlertCodec.REPORT_TOLD_START -> told = same(time(in), startsAt);
                default -> in.skipField(tag);
            }
        }
        if (source < 0 || source >= sources.size()) {
            throw new InvalidProtocolBufferException("report of source " + source + " of " + sources.size());
        }
        return new SourceReport(
                sources.get(source), start, told == null ? start : told, end, timeout, seen, period, null);
    }

    private static Instant same(Instant time, Instant known) {
        return time.equals(known) ? known : time;
    }

    private static Instant time(CodedInputStream in) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        long seconds = 0;
        int nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> TYPE_BITS) {
                case 1 -> seconds = in.readInt64();
                case 2 -> nanos = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
