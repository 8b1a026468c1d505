package dev.tocsin.core.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** What nodes tell each other of their alerts besides changes. On the hub loop only. */
public final class AlertExchange {
    /** What has resolved longer ago is no longer compared: nodes forget it at different times. */
    private static final Duration COMPARED = Duration.ofMinutes(10);

    private final AlertStore store;
    private final Clock clock;

    /** Tells of {@code store} and joins into it. */
    public AlertExchange(AlertStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What is stored, to compare; a live view. Re-sends and changes of texts do not show. */
    public Buckets digest() {
        Duration half = store.resolvedKept().dividedBy(2);
        return store.digest(half.compareTo(COMPARED) < 0 ? half : COMPARED);
    }

    /**
     * Everything in some buckets, bucket by bucket: an exchange that is broken off has told some of them completely, and
     * only the others are asked for again.
     *
     * @return records for {@link #merge}, each encoded when it is asked for: some hundred alerts
     */
    public Iterator<byte[]> pages(BitSet wanted) {
        List<StoredAlert> alerts = new ArrayList<>();
        for (StoredAlert stored : store.all()) {
            if (wanted.get(Buckets.of(stored.alert().fingerprint()))) {
                alerts.add(stored);
            }
        }
        alerts.sort(Comparator.comparingInt(stored -> Buckets.of(stored.alert().fingerprint())));
        return AlertLog.pages(alerts, clock);
    }

    /** One record for {@link #merge} with those of the alerts that are stored; some hundred at most. */
    public byte[] encode(List<Alert> alerts) {
        List<StoredAlert> known = new ArrayList<>(alerts.size());
        for (Alert alert : alerts.subList(0, Math.min(alerts.size(), AlertLog.ALERTS_PER_RECORD))) {
            StoredAlert stored = store.stored(alert.fingerprint());
            if (stored != null) {
                known.add(stored);
            }
        }
        return AlertCodec.encode(clock.now(), known);
    }

    /**
     * Joins another node's alerts. Subscribers hear of those that were news.
     *
     * @param peer the clock of the node that wrote the record
     * @throws IOException if the bytes are no record
     */
    @SuppressWarnings("ReferenceEquality") // an alert whose times are right here is the same object
    public void merge(byte[] record, PeerClock peer) throws IOException {
        List<StoredAlert> alerts;
        boolean ours = true;
        try {
            AlertCodec.Decoded decoded = store.decode(record);
            alerts = new ArrayList<>(decoded.alerts().size());
            for (StoredAlert stored : decoded.alerts()) {
                StoredAlert here = stored.by(peer);
                ours &= here == stored;
                alerts.add(here);
            }
        } catch (InvalidProtocolBufferException
                | DateTimeException
                | ArithmeticException
                | IllegalArgumentException e) {
            throw new IOException("not a record of alerts: " + e.getMessage(), e);
        }
        store.join(alerts, ours ? record : null);
    }
}
