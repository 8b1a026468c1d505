package dev.tocsin.core.log;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.snapshot.NotificationLogSnapshot;
import dev.tocsin.core.storage.Storage;
import dev.tocsin.core.storage.Storage.Durability;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The hub's memory of its notifications (contract section 6.4): per key the entries, maybes and intents of
 * {@link KeyState}, each change appended to a log on disk.
 *
 * <p>Written on the hub loop only; any thread may read. It holds what has not expired plus, for two days, one number per
 * key; {@link LogMaintenance} removes the rest. A disk that refuses does not stop notifications: the storage reports it,
 * and a crash then repeats, marked, what was not written.
 */
public final class NotificationLog implements AutoCloseable {
    /** Hears of changes once they count. Called on the hub loop. */
    public interface Listener {
        /** A receiver has accepted a notification of this node. */
        default void recorded(LogEntry entry) {}

        /** A claim of this node ended, and nobody knows whether the receiver accepted. */
        default void abandoned(ClaimContent maybe) {}

        /** Another node's entry was news. */
        default void merged(LogEntry entry) {}

        /** A maybe that was not this node's own intent was news. */
        default void merged(ClaimContent maybe) {}

        /** Another node's claim certainly led to nothing, and that was news. */
        default void refused(ClaimContent claim) {}
    }

    /** The append log's name. */
    static final String LOG = "notifications";

    private static final long REWRITE_BYTES = 4 << 20;

    /** So many numbers tell of changes, a power of two: each is shared by few of the keys that change within seconds. */
    private static final int CHANGES = 1 << 12;

    private final int[] changes = new int[CHANGES];
    private final Map<LogKey, KeyState> states = new ConcurrentHashMap<>();
    private final Clock clock;
    private final LogMetrics metrics;
    private final Storage.RecordLog disk;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private long rewriteAtBytes = REWRITE_BYTES;
    private boolean rewriting;

    /**
     * Reads what the disk holds; blocks. What this node was sending when it stopped becomes a maybe. Entries of
     * Alertmanager's snapshot that are newer than ours are taken over.
     *
     * @throws IOException if the log or the snapshot cannot be read
     */
    public NotificationLog(Storage storage, Clock clock, LogMetrics metrics) throws IOException {
        this.clock = clock;
        this.metrics = metrics;
        List<byte[]> records = new ArrayList<>();
        this.disk = storage.openLog(LOG, records::add);
        LogRecords reader = new LogRecords();
        for (byte[] record : records) {
            LogRecords.Change change = reader.read(record);
            states.put(change.key(), change.apply().apply(states.getOrDefault(change.key(), KeyState.EMPTY)));
        }
        states.replaceAll((key, state) -> state.abandonIntents());
        removeExpired();
        if (importSnapshot(storage)) {
            rewrite();
        }
    }

    /** @return whether Alertmanager's snapshot told anything new, as after a move from it */
    private boolean importSnapshot(Storage storage) throws IOException {
        byte[] file = storage.readFile(NotificationLogSnapshot.FILE);
        if (file == null || new OwnSnapshots(storage).wrote(file)) {
            return false;
        }
        Instant now = clock.now();
        boolean news = false;
        for (NotificationLogSnapshot.Notified notified : NotificationLogSnapshot.decode(file)) {
            if (notified.expiresAt().isAfter(now)) {
                LogKey key = AlertmanagerEntries.key(notified);
                KeyState known = states.getOrDefault(key, KeyState.EMPTY);
                KeyState joined = AlertmanagerEntries.join(known, notified);
                news |= !joined.equals(known);
                states.put(key, joined);
            }
        }
        return news;
    }

    /** What is known of {@code key} now; {@link KeyState#EMPTY} if nothing is. */
    public KeyState query(LogKey key) {
        long start = clock.nanoTime();
        KeyState known = states.get(key);
        KeyState state = known == null ? KeyState.EMPTY : known.at(clock.now());
        metrics.queried(!state.heads().isEmpty(), clock.nanoTime() - start);
        return state;
    }

    /** As {@link #query} for whoever only makes sure that nothing has changed: it is not counted. */
    public KeyState known(LogKey key) {
        KeyState known = states.get(key);
        return known == null ? KeyState.EMPTY : known.at(clock.now());
    }

    /**
     * Another number whenever what is known of a key with this hash may have been replaced. Time alone does not change it.
     * On the hub loop.
     */
    public int changes(int keyHash) {
        return changes[keyHash & CHANGES - 1];
    }

    private void put(LogKey key, KeyState state) {
        states.put(key, state);
        changes[key.hashCode() & CHANGES - 1]++;
    }

    /** The states by key, expired ones included until they are removed; a live, unmodifiable view. */
    public Map<LogKey, KeyState> states() {
        return Collections.unmodifiableMap(states);
    }

    /**
     * Notes that a request is about to go out.
     *
     * @param written runs on the hub loop when the note would survive the death of the process, or cannot be written: only
     *     then may the first byte go out
     */
    public void intend(ClaimContent intent, Runnable written) {
        change(intent.key(), state -> state.intend(intent));
        disk.append(LogRecords.intent(intent), Durability.WRITTEN, failed -> written.run());
    }

    /** Notes that an intent certainly led to nothing. */
    public void withdraw(ClaimContent intent) {
        change(intent.key(), state -> state.withdraw(intent.id()));
        append(LogRecords.withdrawal(intent), Durability.WRITTEN, () -> {});
    }

    /**
     * Notes what another node sent and a receiver refused. Only its sender keeps that over a restart, and whoever has
     * written down that nobody knows.
     */
    public void refused(ClaimContent content) {
        boolean isDoubted = states.getOrDefault(content.key(), KeyState.EMPTY).maybes().stream()
                .anyMatch(maybe -> maybe.id().equals(content.id()));
        if (content.expiresAt().isAfter(clock.now()) && change(content.key(), state -> state.refuse(content))) {
            if (isDoubted) {
                append(LogRecords.intent(content), Durability.WRITTEN, () -> {});
                append(LogRecords.withdrawal(content), Durability.WRITTEN, () -> {});
            }
            listeners.forEach(listener -> listener.refused(content));
        }
    }

    /** Notes that nobody knows what an intent led to. The disk knows already: an open intent is a maybe to a restart. */
    public void abandon(ClaimContent intent) {
        change(intent.key(), state -> state.addMaybe(intent));
        listeners.forEach(listener -> listener.abandoned(intent));
    }

    /**
     * Notes that a receiver accepted. It counts at once, on disk within a few milliseconds. The listeners, who tell the
     * peers, come before the disk: a node that dies now with its disk is not asked what it did.
     */
    public void record(LogEntry entry) {
        change(entry.key(), state -> state.mergeEntry(entry));
        listeners.forEach(listener -> listener.recorded(entry));
        append(LogRecords.entry(entry), Durability.SYNCED, metrics::outcomeSynced);
    }

    /**
     * Joins what other nodes know, and claims of theirs whose outcome nobody will learn. It counts at once; what was news
     * is written and told to the listeners after all of it counts.
     *
     * @param entries in any order; expired ones are left out
     * @param maybes as {@code entries}
     */
    public void merge(List<LogEntry> entries, List<ClaimContent> maybes) {
        Instant now = clock.now();
        List<LogEntry> newEntries = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (entry.expiresAt().isAfter(now) && change(entry.key(), state -> state.mergeEntry(entry))) {
                append(LogRecords.entry(entry), Durability.WRITTEN, () -> {});
                newEntries.add(entry);
            }
        }
        List<ClaimContent> newMaybes = new ArrayList<>();
        for (ClaimContent maybe : maybes) {
            if (maybe.expiresAt().isAfter(now) && change(maybe.key(), state -> state.addMaybe(maybe))) {
                append(LogRecords.maybe(maybe), Durability.WRITTEN, () -> {});
                newMaybes.add(maybe);
            }
        }
        for (Listener listener : listeners) {
            newEntries.forEach(listener::merged);
            newMaybes.forEach(listener::merged);
        }
    }

    /**
     * Calls {@code listener} from now on. On the hub loop.
     *
     * @return stops that
     */
    public Cancellable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** @return whether that told anything new */
    private boolean change(LogKey key, UnaryOperator<KeyState> apply) {
        KeyState known = states.getOrDefault(key, KeyState.EMPTY).at(clock.now());
        KeyState next = apply.apply(known);
        put(key, next);
        return !next.equals(known);
    }

    private void append(byte[] record, Durability durability, Runnable kept) {
        disk.append(record, durability, failed -> {
            if (failed == null) {
                kept.run();
            }
        });
        if (disk.sizeBytes() > rewriteAtBytes) {
            rewrite();
        }
    }

    /** Forgets what has expired. */
    @SuppressWarnings("ReferenceEquality") // a state of which nothing has expired stays the same object
    void removeExpired() {
        Instant now = clock.now();
        states.forEach((key, state) -> {
            KeyState left = state.at(now);
            if (left.isForgotten()) {
                states.remove(key);
            } else {
                if (left != state) {
                    put(key, left);
                }
            }
        });
    }

    /** Replaces the log on disk by what is known now, unless that is under way. */
    private void rewrite() {
        if (rewriting) {
            return;
        }
        rewriting = true;
        removeExpired();
        CompactedLog records = new CompactedLog(Map.copyOf(states));
        disk.rewrite(records, failed -> {
            rewriting = false;
            // a disk that refuses is not asked again before as much has been appended once more
            rewriteAtBytes = Math.max(REWRITE_BYTES, failed == null ? records.sizeBytes() : 2 * disk.sizeBytes());
        });
    }

    /** Syncs and closes the log on disk; blocks. */
    @Override
    public void close() throws IOException {
        disk.close();
    }
}
