package dev.tocsin.core.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.ingest.StringInterner;
import java.time.Instant;
import java.util.List;

/**
 * Records of the log {@code alerts}, as {@code alerts.proto} describes them: they are written and read without the
 * generated messages, of which fifty thousand alerts would need a million. Stateless.
 */
final class AlertCodec {
    // Fields of AlertRecord.
    static final int WRITTEN_AT = 1;
    static final int SOURCES = 2;
    static final int ALERTS = 3;

    // Fields of ReportSource.
    static final int ADDRESS = 1;
    static final int ORIGIN = 2;

    // Fields of AlertState.
    static final int LABELS = 1;
    static final int ANNOTATIONS = 2;
    static final int STARTS_AT = 3;
    static final int STARTS_AT_OFFSET = 4;
    static final int ENDS_AT = 5;
    static final int ENDS_AT_OFFSET = 6;
    static final int UPDATED_AT = 7;
    static final int GENERATOR_URL = 8;
    static final int TIMEOUT = 9;
    static final int REPORTS = 10;

    // Fields of Report.
    static final int REPORT_SOURCE = 1;
    static final int REPORT_STARTS_AT = 2;
    static final int REPORT_ENDS_AT = 3;
    static final int REPORT_TIMEOUT = 4;
    static final int REPORT_SEEN_AT = 5;
    static final int REPORT_PERIOD = 6;
    static final int REPORT_TOLD_START = 7;

    private AlertCodec() {}

    /**
     * What a record says.
     *
     * @param writtenAt when the node was alive to write it
     */
    record Decoded(Instant writtenAt, List<StoredAlert> alerts) {}

    static byte[] encode(Instant writtenAt, List<StoredAlert> alerts) {
        return new AlertWriter().record(writtenAt, alerts);
    }

    /**
     * Reads a record, sharing texts through {@code interner} and sources through {@code sources}. All times are those of
     * the writer's clock.
     *
     * @throws InvalidProtocolBufferException if it is no such record
     */
    static Decoded decode(byte[] bytes, StringInterner interner, Sources sources)
            throws InvalidProtocolBufferException {
        return new AlertReader(bytes, interner, sources).read();
    }
}
