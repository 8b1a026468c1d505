package dev.tocsin.core.store.silence;

import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.InvalidSnapshotException;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What nodes tell each other of their silences besides edits. On the hub loop only. */
public final class SilenceExchange {
    private static final int BYTES_PER_PAGE = 1 << 18;

    /** A version and the number for its content. */
    private record Hashed(Silence silence, long hash) {}

    private final SilenceStore store;
    private Map<String, Hashed> known = Map.of();

    /** Tells of {@code store} and joins into it. */
    public SilenceExchange(SilenceStore store) {
        this.store = store;
    }

    /** What is stored, to compare. */
    public Buckets digest() {
        Buckets buckets = new Buckets();
        Map<String, Hashed> still = new HashMap<>();
        for (Silence silence : store.all()) {
            Hashed hashed = hashed(silence);
            still.put(silence.id(), hashed);
            buckets.add(name(silence), hashed.hash);
        }
        known = still;
        return buckets;
    }

    @SuppressWarnings("ReferenceEquality") // a copy is only hashed again, and seldom
    private Hashed hashed(Silence silence) {
        Hashed before = known.get(silence.id());
        if (before != null && before.silence == silence) {
            return before;
        }
        long content = Arrays.hashCode(SilenceMerge.content(silence));
        long updated = silence.updatedAt().hashCode();
        return new Hashed(silence, Buckets.mixed(Buckets.mixed(content) + updated));
    }

    /** The versions for {@link #merge}. */
    static List<byte[]> records(List<Silence> silences) {
        return silences.stream().map(SilenceSnapshot::encodeRecord).toList();
    }

    private static long name(Silence silence) {
        return Buckets.hash(silence.id());
    }

    /**
     * Everything in some buckets.
     *
     * @return lists of records for {@link #merge}, each made when it is asked for and bounded in bytes
     */
    public Iterator<List<byte[]>> pages(BitSet wanted) {
        List<Silence> silences = new ArrayList<>();
        for (Silence silence : store.all()) {
            if (wanted.get(Buckets.of(name(silence)))) {
                silences.add(silence);
            }
        }
        Iterator<Silence> rest = silences.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rest.hasNext();
            }

            @Override
            public List<byte[]> next() {
                List<byte[]> page = new ArrayList<>();
                int bytes = 0;
                do {
                    byte[] record = SilenceSnapshot.encodeRecord(rest.next());
                    page.add(record);
                    bytes += record.length;
                } while (bytes < BYTES_PER_PAGE && rest.hasNext());
                return page;
            }
        };
    }

    /**
     * Joins another node's silences.
     *
     * @param peer the other node's clock
     * @throws IOException if some bytes are no silence; the others are joined
     */
    @SuppressWarnings("ReferenceEquality") // a silence whose times are right here is the same object
    public void merge(List<byte[]> records, PeerClock peer) throws IOException {
        List<SilenceRecord> silences = new ArrayList<>(records.size());
        Exception refused = null;
        for (byte[] record : records) {
            try {
                Silence there = SilenceSnapshot.decodeRecord(record);
                Silence here = SilenceMerge.by(peer, there);
                silences.add(here == there ? new SilenceRecord(here, record) : SilenceRecord.of(here));
            } catch (InvalidMatcherException | InvalidSnapshotException | DateTimeException | ArithmeticException e) {
                refused = e;
            }
        }
        store.join(silences);
        if (refused != null) {
            throw new IOException("not a silence: " + refused.getMessage(), refused);
        }
    }
}
