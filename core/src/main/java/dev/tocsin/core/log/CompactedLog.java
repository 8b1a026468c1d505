package dev.tocsin.core.log;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The records of a whole log, encoded key by key while they are read. Read once, on one thread; the size may be asked for
 * afterwards from another one.
 */
final class CompactedLog implements Iterable<byte[]> {
    private final Map<LogKey, KeyState> states;
    private volatile long sizeBytes;

    CompactedLog(Map<LogKey, KeyState> states) {
        this.states = states;
    }

    /** The bytes of all records read so far. */
    long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public Iterator<byte[]> iterator() {
        Iterator<Map.Entry<LogKey, KeyState>> keys = states.entrySet().iterator();
        return new Iterator<>() {
            private Iterator<byte[]> records = Collections.emptyIterator();
            private long bytes;

            @Override
            public boolean hasNext() {
                while (!records.hasNext() && keys.hasNext()) {
                    Map.Entry<LogKey, KeyState> next = keys.next();
                    records = LogRecords.state(next.getKey(), next.getValue()).iterator();
                }
                sizeBytes = bytes;
                return records.hasNext();
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                byte[] record = records.next();
                bytes += record.length;
                return record;
            }
        };
    }
}
