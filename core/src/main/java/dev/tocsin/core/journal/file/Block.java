package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * What is known in memory of some hundred events that stand together in a segment: enough to leave most blocks out of a
 * search. The set of keys is a Bloom filter: what it denies is certainly not there. Immutable.
 *
 * @param first the number of the first event
 * @param count how many events there are
 * @param position where the block begins in its file
 * @param length how many bytes it has
 * @param minSeconds the earliest time, in seconds since the epoch
 * @param maxSeconds the latest
 * @param types the bits of the types with numbers below 64
 * @param moreTypes the bits of the others
 * @param keys receivers, groups and alerts; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Block(
        long first,
        int count,
        long position,
        int length,
        long minSeconds,
        long maxSeconds,
        long types,
        long moreTypes,
        long[] keys) {
    /** A block ends when it has so many bytes. */
    static final int BYTES = 64 << 10;

    private static final int KEY_WORDS = 128;
    private static final char RECEIVER = 'r';
    private static final char GROUP = 'g';

    /** The number behind the last event. */
    long next() {
        return first + count;
    }

    /** Whether an event of the block may be wanted. */
    boolean mayFit(Frame.Search search) {
        JournalFilter filter = search.filter();
        if ((filter.from() != null && filter.from().getEpochSecond() > maxSeconds)
                || (filter.until() != null && filter.until().getEpochSecond() < minSeconds)) {
            return false;
        }
        if ((types & search.types()) == 0 && (moreTypes & search.moreTypes()) == 0) {
            return false;
        }
        if ((moreTypes >>> EventType.GAP.number() & 1) != 0) {
            return true;
        }
        return (search.receiver() == Keys.NONE || has(Keys.inIndex(RECEIVER, search.receiver())))
                && (search.group() == Keys.NONE || has(Keys.inIndex(GROUP, search.group())))
                && (filter.fingerprint() == null || has(Keys.alertInIndex(filter.fingerprint())));
    }

    private boolean has(long key) {
        for (int shift = 0; shift < 39; shift += 13) {
            int bit = (int) (key >>> shift) & KEY_WORDS * 64 - 1;
            if ((keys[bit >>> 6] >>> bit & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(first);
        out.writeInt(count);
        out.writeLong(position);
        out.writeInt(length);
        out.writeLong(minSeconds);
        out.writeLong(maxSeconds);
        out.writeLong(types);
        out.writeLong(moreTypes);
        for (long word : keys) {
            out.writeLong(word);
        }
    }

    static Block read(DataInputStream in) throws IOException {
        long first = in.readLong();
        int count = in.readInt();
        long position = in.readLong();
        int length = in.readInt();
        long min = in.readLong();
        long max = in.readLong();
        long types = in.readLong();
        long moreTypes = in.readLong();
        long[] keys = new long[KEY_WORDS];
        for (int i = 0; i < KEY_WORDS; i++) {
            keys[i] = in.readLong();
        }
        if (count < 1 || length < count * (long) Frame.HEADER || length > 2 * Frame.MAX_EVENT || position < 0) {
            throw new IOException("not a block");
        }
        return new Block(first, count, position, length, min, max, types, moreTypes, keys);
    }

    /** Collects what is known of a block. Not safe for threads. */
    static final class Builder {
        private final long first;
        private final long position;
        private final long[] keys = new long[KEY_WORDS];
        private final LongConsumer alerts = this::addAlert;
        private int count;
        private int length;
        private long minSeconds = Long.MAX_VALUE;
        private long maxSeconds = Long.MIN_VALUE;
        private long types;
        private long moreTypes;

        Builder(long first, long position) {
            this.first = first;
            this.position = position;
        }

        void add(JournalEvent event, long seconds, int frameBytes) {
            event.alerts(alerts);
            int receiver = Keys.receiver(event);
            if (receiver == Keys.SEVERAL) {
                for (String one : Keys.receivers(event)) {
                    add(Keys.inIndex(RECEIVER, Keys.of(one)));
                }
            } else if (receiver != Keys.NONE) {
                add(Keys.inIndex(RECEIVER, receiver));
            }
            int group = Keys.group(event);
            if (group != Keys.NONE) {
                add(Keys.inIndex(GROUP, group));
            }
            addUnknown(event.type().number(), seconds, frameBytes);
        }

        /** Counts an event that this version cannot read. */
        void addUnknown(int type, long seconds, int frameBytes) {
            if (type >= 64) {
                moreTypes |= 1L << type;
            } else {
                types |= 1L << type;
            }
            minSeconds = Math.min(minSeconds, seconds);
            maxSeconds = Math.max(maxSeconds, seconds);
            count++;
            length += frameBytes;
        }

        private void addAlert(long fingerprint) {
            add(Keys.alertInIndex(fingerprint));
        }

        private void add(long key) {
            for (int shift = 0; shift < 39; shift += 13) {
                int bit = (int) (key >>> shift) & KEY_WORDS * 64 - 1;
                keys[bit >>> 6] |= 1L << bit;
            }
        }

        int count() {
            return count;
        }

        int length() {
            return length;
        }

        long first() {
            return first;
        }

        Block build() {
            return new Block(first, count, position, length, minSeconds, maxSeconds, types, moreTypes, keys.clone());
        }
    }
}
