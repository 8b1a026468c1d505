package dev.tocsin.core.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.replicate.Countdown;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.storage.Storage;
import dev.tocsin.core.storage.Storage.Durability;
import dev.tocsin.core.storage.Storage.RecordLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable copy of the alerts: an append log called {@code alerts} that is replaced by its own content when it has
 * grown. A disk that fails is shouted about and does not keep alerts from being notified. On the hub loop only, but for
 * the encoding of a replacement, which reads values that do not change.
 */
final class AlertLog {
    static final String NAME = "alerts";

    static final int ALERTS_PER_RECORD = 500;
    private static final int CHARS_PER_RECORD = 1 << 18;
    private static final long SMALLEST_REWRITE = 8L << 20;
    private static final Duration REWRITE_RETRY = Duration.ofMinutes(1);
    private static final int LOAD_INTERNER_SLOTS = 1 << 14;

    private final Logger log = LoggerFactory.getLogger(AlertLog.class);
    private final Storage storage;
    private final CounterFamily.Child unwritten;
    private final AtomicLong rewrittenBytes = new AtomicLong();
    private @Nullable RecordLog records;
    private boolean rewriting;
    private boolean damaged;
    private Instant rewriteNotBefore = Instant.MIN;
    private @Nullable Instant lastAlive;

    AlertLog(Storage storage, Metrics metrics) {
        this.storage = storage;
        this.unwritten = metrics.counter(
                        "tocsin_alerts_unwritten_total",
                        "Alerts whose state could not be written at once: a crash now would forget it.")
                .labels();
    }

    /**
     * Opens the log and gives the alerts in it, as of {@code now}: the time since the last sign of life does not count
     * against ends that were only inferred.
     *
     * @param resolvedFor how long before the last sign of life an alert may have ended to be still of interest
     */
    List<StoredAlert> open(Sources sources, Instant now, Duration resolvedFor) throws IOException {
        StringInterner interner = new StringInterner(LOAD_INTERNER_SLOTS);
        Map<Long, StoredAlert> latest = new HashMap<>();
        List<Instant> latestSign = new ArrayList<>(List.of(Instant.MIN));
        List<InvalidProtocolBufferException> refused = new ArrayList<>();
        records = storage.openLog(NAME, bytes -> {
            try {
                AlertCodec.Decoded decoded = AlertCodec.decode(bytes, interner, sources);
                if (decoded.writtenAt().isAfter(latestSign.getFirst())) {
                    latestSign.set(0, decoded.writtenAt());
                }
                for (StoredAlert stored : decoded.alerts()) {
                    latest.put(stored.alert().fingerprint(), stored);
                }
            } catch (InvalidProtocolBufferException e) {
                refused.add(e);
            }
        });
        if (!refused.isEmpty()) {
            throw new IOException(
                    "the log \"" + NAME + "\" holds " + refused.size()
                            + " records that are no alerts; move it away to start without the alerts in it",
                    refused.getFirst());
        }
        Instant alive = latestSign.getFirst();
        lastAlive = alive.equals(Instant.MIN) ? null : alive;
        List<StoredAlert> alerts = new ArrayList<>(latest.size());
        for (StoredAlert stored : latest.values()) {
            if (!stored.alert().resolvedAt(alive.minus(resolvedFor))) {
                // a last sign of life that is still to come tells that the clock was set back while nothing ran
                alerts.add(
                        alive.isAfter(now)
                                ? stored.setBack(Duration.between(now, alive), alive)
                                : stored.afterDowntime(alive, Duration.between(alive, now)));
            }
        }
        return alerts;
    }

    /** When the node that wrote the log left its last sign of life; null if there was no log. */
    @Nullable Instant lastAlive() {
        return lastAlive;
    }

    /** The alerts as records of the log, which hold some hundreds each. */
    static List<byte[]> records(List<StoredAlert> alerts, Instant now) {
        List<byte[]> records = new ArrayList<>(1);
        int from = 0;
        while (from < alerts.size()) {
            int to = recordEnd(alerts, from);
            records.add(AlertCodec.encode(now, alerts.subList(from, to)));
            from = to;
        }
        return records;
    }

    /** Where a record ends that begins at {@code from}: it is bounded in alerts and, but for a single one, in bytes. */
    private static int recordEnd(List<StoredAlert> alerts, int from) {
        int last = Math.min(alerts.size(), from + ALERTS_PER_RECORD);
        int chars = 0;
        for (int at = from; at < last; at++) {
            Alert alert = alerts.get(at).alert();
            chars += chars(alert.labels()) + chars(alert.annotations());
            if (chars > CHARS_PER_RECORD && at > from) {
                return at;
            }
        }
        return last;
    }

    private static int chars(LabelSet labels) {
        int chars = 0;
        for (int i = 0; i < labels.size(); i++) {
            chars += labels.name(i).length() + labels.value(i).length();
        }
        return chars;
    }

    /** As {@link #records}, each made when it is asked for. */
    static Iterator<byte[]> pages(List<StoredAlert> alerts, Clock clock) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < alerts.size();
            }

            @Override
            public byte[] next() {
                int from = next;
                next = recordEnd(alerts, from);
                return AlertCodec.encode(clock.now(), alerts.subList(from, next));
            }
        };
    }

    /**
     * Appends records that hold {@code count} alerts; {@code done} runs when they would survive the death of the process,
     * or could not be written.
     */
    void append(List<byte[]> encoded, int count, Runnable done) {
        RecordLog open = opened();
        Countdown all = new Countdown(encoded.size(), done);
        int share = count / encoded.size();
        for (byte[] record : encoded) {
            open.append(record, Durability.WRITTEN, failure -> {
                if (failure != null) {
                    unwritten.add(share);
                    damaged = true;
                }
                all.run();
            });
        }
    }

    /** Says that the node is alive. */
    void stamp(Instant now) {
        append(List.of(AlertCodec.encode(now, List.of())), 0, () -> {});
    }

    private RecordLog opened() {
        if (records == null) {
            throw new IllegalStateException("the log is not open");
        }
        return records;
    }

    /** Says that the node is alive, and replaces the log by these alerts when that is due. */
    void maintain(Collection<StoredAlert> alerts, Instant now) {
        if (wantsRewrite(now)) {
            rewrite(alerts, now);
        } else {
            stamp(now);
        }
    }

    /** Whether the log should be replaced: it has outgrown its content, or something is missing in it. */
    private boolean wantsRewrite(Instant now) {
        return !rewriting
                && records != null
                && !now.isBefore(rewriteNotBefore)
                && (damaged || records.sizeBytes() > Math.max(SMALLEST_REWRITE, rewrittenBytes.get()));
    }

    /**
     * Replaces the log by these alerts.
     *
     * @param alerts copied
     */
    void rewrite(Collection<StoredAlert> alerts, Instant now) {
        if (records == null || rewriting) {
            return;
        }
        rewriting = true;
        damaged = false;
        List<StoredAlert> content = List.copyOf(alerts);
        AtomicLong bytes = new AtomicLong();
        records.rewrite(() -> encoded(content, now, bytes), failure -> {
            rewriting = false;
            if (failure == null) {
                rewrittenBytes.set(bytes.get());
            } else {
                damaged = true;
                rewriteNotBefore = now.plus(REWRITE_RETRY);
                log.atWarn()
                        .addKeyValue("component", "provider")
                        .addKeyValue("err", failure.getMessage())
                        .log("Could not shorten the log of alerts, it goes on growing");
            }
        });
    }

    /** A sign of life first, so that an empty store has one too. */
    private static Iterator<byte[]> encoded(List<StoredAlert> alerts, Instant now, AtomicLong bytes) {
        return new Iterator<>() {
            private int next = -1;

            @Override
            public boolean hasNext() {
                return next < alerts.size();
            }

            @Override
            public byte[] next() {
                int from = Math.max(0, next);
                int to = next < 0 ? 0 : recordEnd(alerts, from);
                next = next < 0 ? 0 : to;
                byte[] record = AlertCodec.encode(now, alerts.subList(from, to));
                bytes.addAndGet(record.length);
                return record;
            }
        };
    }

    void close() throws IOException {
        if (records != null) {
            records.close();
            records = null;
        }
    }
}
