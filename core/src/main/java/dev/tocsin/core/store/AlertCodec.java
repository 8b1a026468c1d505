package dev.tocsin.core.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.store.proto.AlertRecord;
import dev.tocsin.core.store.proto.AlertState;
import dev.tocsin.core.store.proto.Report;
import dev.tocsin.core.store.proto.ReportSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of the log {@code alerts}, as {@code alerts.proto} describes them. Stateless. */
final class AlertCodec {
    /** Whose report tells when a client that is no source last posted an alert that a source has posted since. */
    private static final Source NOBODY = new Source("", "");

    private AlertCodec() {}

    /**
     * What a record says.
     *
     * @param writtenAt when the node was alive to write it
     */
    record Decoded(Instant writtenAt, List<StoredAlert> alerts) {}

    static byte[] encode(Instant writtenAt, List<StoredAlert> alerts) {
        AlertRecord.Builder out = AlertRecord.newBuilder().setWrittenAt(time(writtenAt));
        Map<Source, Integer> sources = new HashMap<>();
        for (StoredAlert stored : alerts) {
            out.addAlerts(state(stored, sources, out));
        }
        return out.build().toByteArray();
    }

    private static AlertState state(StoredAlert stored, Map<Source, Integer> sources, AlertRecord.Builder out) {
        Alert alert = stored.alert();
        AlertState.Builder state = AlertState.newBuilder()
                .setStartsAt(time(alert.startsAt()))
                .setStartsAtOffsetSeconds(alert.startsAtOffset().getTotalSeconds())
                .setEndsAt(time(alert.endsAt()))
                .setEndsAtOffsetSeconds(alert.endsAtOffset().getTotalSeconds())
                .setUpdatedAt(time(alert.updatedAt()))
                .setGeneratorUrl(alert.generatorUrl())
                .setTimeout(alert.timeout());
        for (int i = 0; i < alert.labels().size(); i++) {
            state.addLabels(alert.labels().name(i)).addLabels(alert.labels().value(i));
        }
        for (int i = 0; i < alert.annotations().size(); i++) {
            state.addAnnotations(alert.annotations().name(i))
                    .addAnnotations(alert.annotations().value(i));
        }
        for (SourceReport report = stored.reports(); report != null; report = report.next()) {
            state.addReports(Report.newBuilder()
                    .setSource(index(report.source(), sources, out))
                    .setStartsAt(time(report.startsAt()))
                    .setToldStart(time(report.toldStart()))
                    .setEndsAt(time(report.endsAt()))
                    .setTimeout(report.timeout())
                    .setSeenAt(time(report.seenAt()))
                    .setPeriodMillis(report.periodMillis()));
        }
        if (stored.reports() != null && stored.plainAt().isAfter(Instant.MIN)) {
            state.addReports(
                    Report.newBuilder().setSource(index(NOBODY, sources, out)).setSeenAt(time(stored.plainAt())));
        }
        return state.build();
    }

    private static int index(Source source, Map<Source, Integer> sources, AlertRecord.Builder out) {
        Integer known = sources.get(source);
        if (known != null) {
            return known;
        }
        int index = sources.size();
        sources.put(source, index);
        out.addSources(ReportSource.newBuilder().setAddress(source.address()).setOrigin(source.origin()));
        return index;
    }

    /**
     * Reads a record, sharing texts through {@code interner} and sources through {@code sources}. All times are those of
     * the writer's clock.
     *
     * @throws InvalidProtocolBufferException if it is no such record
     */
    static Decoded decode(byte[] bytes, StringInterner interner, Sources sources)
            throws InvalidProtocolBufferException {
        AlertRecord in = AlertRecord.parseFrom(bytes);
        List<Source> known = new ArrayList<>(in.getSourcesCount());
        for (ReportSource source : in.getSourcesList()) {
            known.add(sources.known(source.getAddress(), source.getOrigin()));
        }
        List<StoredAlert> alerts = new ArrayList<>(in.getAlertsCount());
        for (AlertState state : in.getAlertsList()) {
            alerts.add(stored(state, interner, known));
        }
        return new Decoded(instant(in.getWrittenAt()), alerts);
    }

    private static StoredAlert stored(AlertState state, StringInterner interner, List<Source> sources)
            throws InvalidProtocolBufferException {
        Alert alert = new Alert(
                labels(state.getLabelsList(), interner),
                labels(state.getAnnotationsList(), interner),
                instant(state.getStartsAt()),
                ZoneOffset.ofTotalSeconds(state.getStartsAtOffsetSeconds()),
                instant(state.getEndsAt()),
                ZoneOffset.ofTotalSeconds(state.getEndsAtOffsetSeconds()),
                instant(state.getUpdatedAt()),
                interner.intern(state.getGeneratorUrl()),
                state.getTimeout());
        SourceReport reports = null;
        Instant plainAt = Instant.MIN;
        for (int i = state.getReportsCount() - 1; i >= 0; i--) {
            SourceReport report = report(state.getReports(i), sources, reports);
            if (report.source().equals(NOBODY)) {
                plainAt = report.seenAt();
            } else {
                reports = report;
            }
        }
        return new StoredAlert(alert, reports, alert.endsAt(), reports == null ? alert.updatedAt() : plainAt);
    }

    private static SourceReport report(Report report, List<Source> sources, @Nullable SourceReport next)
            throws InvalidProtocolBufferException {
        if (report.getSource() < 0 || report.getSource() >= sources.size()) {
            throw new InvalidProtocolBufferException(
                    "report of source " + report.getSource() + " of " + sources.size());
        }
        return new SourceReport(
                sources.get(report.getSource()),
                instant(report.getStartsAt()),
                instant(report.hasToldStart() ? report.getToldStart() : report.getStartsAt()),
                instant(report.getEndsAt()),
                report.getTimeout(),
                instant(report.getSeenAt()),
                report.getPeriodMillis(),
                next);
    }

    private static LabelSet labels(List<String> pairs, StringInterner interner) throws InvalidProtocolBufferException {
        if (pairs.size() % 2 != 0) {
            throw new InvalidProtocolBufferException("a label without a value");
        }
        String[] shared = new String[pairs.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = interner.intern(pairs.get(i));
        }
        return LabelSet.ofPairs(shared);
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
