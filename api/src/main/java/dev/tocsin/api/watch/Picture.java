package dev.tocsin.api.watch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Items by key and the latest changes of them, shared by all who watch. {@link #lock} guards items and changes; whoever
 * holds it does nothing that blocks.
 *
 * <p>A watcher has a place among the changes and, while it gets its snapshot, a key up to which it has the items. Changes of
 * items before that key are told at once; later items come as they are when the snapshot reaches them. So a watcher needs no
 * copy of anything, sees no item twice for one change, and misses none. Who falls behind the changes that are kept begins
 * again. Who comes from another node and says what it has gets a snapshot of what differs.
 */
final class Picture<T> {
    /** How many changes are kept for watchers that lag. */
    static final int KEPT = 1 << 14;

    /** The most items of one batch. */
    static final int BATCH = 64;

    private record Change<T>(
            String key, @Nullable T before, @Nullable T after) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<String, T> items = new TreeMap<>();
    private final List<Change<T>> changes = new ArrayList<>();
    private final Function<T, String> key;
    private final BiPredicate<T, T> same;
    private final ToLongFunction<T> version;
    private final Set<View> views = ConcurrentHashMap.newKeySet();
    private long id;
    private long head;
    private boolean filled;

    /**
     * An empty picture.
     *
     * @param id another number for each picture and each node
     * @param same whether two states of an item are the same for watchers
     * @param version the same number, on all nodes, for states that are the same
     */
    Picture(long id, Function<T, String> key, BiPredicate<T, T> same, ToLongFunction<T> version) {
        this.id = id;
        this.key = key;
        this.same = same;
        this.version = version;
    }

    /** Makes the picture show exactly these items. */
    void replace(Collection<T> all) {
        Map<String, T> next = new HashMap<>(all.size() * 2);
        all.forEach(item -> next.put(key.apply(item), item));
        boolean changed = false;
        lock.lock();
        try {
            List<String> gone = new ArrayList<>();
            for (String known : items.keySet()) {
                if (!next.containsKey(known)) {
                    gone.add(known);
                }
            }
            for (String name : gone) {
                changed |= change(name, null);
            }
            for (Map.Entry<String, T> item : next.entrySet()) {
                changed |= change(item.getKey(), item.getValue());
            }
            changed |= !filled;
            filled = true;
        } finally {
            lock.unlock();
        }
        if (changed) {
            wake();
        }
    }

    /** Brings some items up to date; a null value removes one. */
    void update(Map<String, @Nullable T> some) {
        boolean changed = false;
        lock.lock();
        try {
            for (Map.Entry<String, @Nullable T> item : some.entrySet()) {
                changed |= change(item.getKey(), item.getValue());
            }
        } finally {
            lock.unlock();
        }
        if (changed) {
            wake();
        }
    }

    private boolean change(String name, @Nullable T after) {
        T before = after == null ? items.remove(name) : items.put(name, after);
        if (before == null ? after == null : after != null && same.test(before, after)) {
            return false;
        }
        Change<T> change = new Change<>(name, before, after);
        int slot = (int) (head % KEPT);
        if (slot == changes.size()) {
            changes.add(change);
        } else {
            changes.set(slot, change);
        }
        head++;
        return true;
    }

    /**
     * Shows nothing until it is filled again, unless somebody watches; cursors of before mean nothing any more.
     *
     * @return whether nobody watched
     */
    boolean forget(long nextId) {
        lock.lock();
        try {
            if (!views.isEmpty()) {
                return false;
            }
            items.clear();
            changes.clear();
            head = 0;
            filled = false;
            id = nextId;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Calls all wakes. */
    void wake() {
        views.forEach(view -> view.wake.run());
    }

    /** How many watch. */
    int watchers() {
        return views.size();
    }

    /**
     * Lets a client watch.
     *
     * @param query for cursors
     * @param cursor empty to begin
     * @param known what the client has, if its cursor means nothing here; closed by the view
     * @throws dev.tocsin.api.service.ServiceException if the cursor is none of this watch
     */
    View open(String query, Predicate<T> filter, String cursor, Known known, Runnable wake, Runnable closed) {
        View view = new View(query, filter, known, wake, closed);
        lock.lock();
        try {
            if (!cursor.isEmpty()) {
                view.resume(Cursor.decode(query, cursor));
            }
            views.add(view);
        } finally {
            lock.unlock();
        }
        return view;
    }

    /** One client's view. */
    final class View implements Watch<T> {
        private final String query;
        private final Predicate<T> filter;
        private final Known known;
        private final Runnable wake;
        private final Runnable closed;
        private boolean begun;
        private boolean complete;
        private boolean syncDue;
        private volatile boolean beatDue;
        private long place;
        private String upTo = "";

        private View(String query, Predicate<T> filter, Known known, Runnable wake, Runnable closed) {
            this.query = query;
            this.filter = filter;
            this.known = known;
            this.wake = wake;
            this.closed = closed;
        }

        private void resume(ByteBuffer from) {
            if (from.remaining() != 2 * Long.BYTES) {
                throw Cursor.bad();
            }
            long picture = from.getLong();
            long at = from.getLong();
            if (filled && picture == id && at <= head && head - at <= KEPT) {
                begun = true;
                complete = true;
                syncDue = true;
                place = at;
                known.close();
            }
        }

        /** Asks for a sign of life. */
        void beat() {
            beatDue = true;
            wake.run();
        }

        @Override
        public @Nullable Batch<T> next() {
            lock.lock();
            try {
                if (!filled) {
                    return null;
                }
                if (!begun && !known.isEmpty()) {
                    begin();
                } else if (!begun || head - place > KEPT) {
                    return reset();
                }
                Batch<T> batch = changes();
                if (batch == null && !complete) {
                    batch = chunk();
                }
                if (batch == null && syncDue) {
                    syncDue = false;
                    batch = plain(Batch.Kind.SYNCED);
                }
                if (batch == null && beatDue) {
                    batch = plain(Batch.Kind.HEARTBEAT);
                }
                beatDue = beatDue && batch == null;
                return batch;
            } finally {
                lock.unlock();
            }
        }

        private Batch<T> reset() {
            known.close();
            begin();
            return plain(Batch.Kind.RESET);
        }

        private void begin() {
            begun = true;
            complete = false;
            syncDue = false;
            place = head;
            upTo = "";
        }

        private Batch<T> plain(Batch.Kind kind) {
            return new Batch<>(kind, cursor(), List.of(), List.of());
        }

        private String cursor() {
            return complete
                    ? Cursor.encode(
                            query,
                            ByteBuffer.allocate(2 * Long.BYTES)
                                    .putLong(id)
                                    .putLong(place)
                                    .array())
                    : "";
        }

        /** The changes since the last batch, each item once; null if none of them is seen. */
        private @Nullable Batch<T> changes() {
            while (place < head) {
                Map<String, Change<T>> first = new LinkedHashMap<>();
                Map<String, Change<T>> last = new HashMap<>();
                while (place < head && first.size() < BATCH) {
                    Change<T> change = changes.get((int) (place++ % KEPT));
                    // what comes later in the snapshot will come as it is then
                    if (complete || change.key.compareTo(upTo) <= 0) {
                        first.putIfAbsent(change.key, change);
                        last.put(change.key, change);
                    }
                }
                List<T> upserted = new ArrayList<>();
                List<String> removed = new ArrayList<>();
                first.forEach((name, change) -> {
                    T before = change.before;
                    T after = Objects.requireNonNull(last.get(name)).after;
                    boolean had = before != null && filter.test(before);
                    boolean has = after != null && filter.test(after);
                    if (after != null && has) {
                        // what is as it was before several changes is no news
                        if (before == null || !had || !same.test(before, after)) {
                            upserted.add(after);
                        }
                    } else if (had) {
                        removed.add(name);
                    }
                });
                if (!upserted.isEmpty() || !removed.isEmpty()) {
                    return new Batch<>(Batch.Kind.CHANGES, cursor(), upserted, removed);
                }
            }
            return null;
        }

        /** The next part of the snapshot, without what the client has already; null if nothing is left. */
        private @Nullable Batch<T> chunk() {
            List<T> found = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            for (Map.Entry<String, T> item : items.tailMap(upTo, false).entrySet()) {
                String name = item.getKey();
                known.takeBefore(name, BATCH - gone.size(), gone);
                if (found.size() == BATCH || gone.size() == BATCH) {
                    return new Batch<>(Batch.Kind.CHANGES, "", found, gone);
                }
                upTo = name;
                Long had = known.take(name);
                if (!filter.test(item.getValue())) {
                    if (had != null) {
                        gone.add(name);
                    }
                } else if (had == null || had != version.applyAsLong(item.getValue())) {
                    found.add(item.getValue());
                }
            }
            known.takeBefore(null, BATCH - gone.size(), gone);
            if (!known.isEmpty()) {
                return new Batch<>(Batch.Kind.CHANGES, "", found, gone);
            }
            complete = true;
            syncDue = true;
            known.close();
            return found.isEmpty() && gone.isEmpty() ? null : new Batch<>(Batch.Kind.CHANGES, cursor(), found, gone);
        }

        @Override
        public void close() {
            if (views.remove(this)) {
                lock.lock();
                try {
                    known.close();
                } finally {
                    lock.unlock();
                }
                closed.run();
            }
        }
    }

    /** Asks every watcher for a sign of life. */
    void beat() {
        views.forEach(View::beat);
    }
}
