package dev.tocsin.core.storage;

import dev.tocsin.core.runtime.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in one file. Any thread may append; tasks given to an executor write, one at a time.
 *
 * <p>Group commit: a task writes all that waits, up to a bound, in one go and syncs once for all who asked for that;
 * what arrives meanwhile is the next group. When the disk fails, what could not be written stays in the queue, in order,
 * and is tried again every second, so that the file is complete once the disk works again; who appends until then is told
 * so at once. The queue is bounded; past the bound records are given up, counted and logged.
 *
 * <p>Two locks: {@code io} for the file, and the queue's monitor for what waits, held for an instant and taken last.
 */
final class AppendLog implements Storage.RecordLog {
    /** Bytes of records that may wait. */
    static final long MAX_QUEUED = 64L << 20;

    /** How long a written record may stay unsynced, less than the promised second by the time of a sync. */
    static final Duration SYNC_DELAY = Duration.ofMillis(900);

    /** How often a failing disk is tried again. */
    static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /** Bytes written in one go. */
    private static final int GROUP = 1 << 20;

    private record Running(LogRewrite rewrite, Waiting.Rewrite asked) {}

    private final Disk disk;
    private final String name;
    private final String fileName;
    private final Executor writer;
    private final Scheduler loop;
    private final StorageHealth health;

    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean closed;
    /** Why the disk does not work; null while it does. Written under both locks. */
    private @Nullable IOException failure;

    private final AtomicLong size = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean syncPlanned = new AtomicBoolean();
    private final AtomicBoolean syncDue = new AtomicBoolean();
    private final AtomicBoolean retryDue = new AtomicBoolean();

    private final ReentrantLock io = new ReentrantLock();
    private final LogFile file;
    private @Nullable Running running;

    AppendLog(
            Disk disk,
            String name,
            String fileName,
            LogFile file,
            Executor writer,
            Scheduler loop,
            StorageHealth health) {
        this.disk = disk;
        this.name = name;
        this.fileName = fileName;
        this.file = file;
        this.writer = writer;
        this.loop = loop;
        this.health = health;
        size.set(file.end() - Frames.HEADER.length);
    }

    @Override
    public void append(byte[] bytes, Storage.Durability durability, Consumer<@Nullable IOException> done) {
        IOException refusal = enqueue(bytes, durability, done);
        if (refusal == null) {
            wake();
        } else {
            loop.execute(() -> done.accept(refusal));
        }
    }

    /** Queues a record. Returns what to tell the caller now; null if the callback will hear later. */
    private @Nullable IOException enqueue(
            byte[] bytes, Storage.Durability durability, Consumer<@Nullable IOException> done) {
        if (bytes.length == 0 || bytes.length > Frames.MAX_RECORD) {
            return new IOException("a record of " + bytes.length + " bytes cannot be kept in " + file.path());
        }
        synchronized (queue) {
            if (closed) {
                return closedError();
            }
            if (queuedBytes + bytes.length > MAX_QUEUED) {
                health.dropped(name, file.path());
                return new IOException(queuedBytes + " bytes wait for " + file.path() + ", there is no room for more");
            }
            Waiting.Append append = new Waiting.Append(bytes, durability, done);
            queue.addLast(failure == null ? append : append.told());
            queuedBytes += bytes.length;
            size.addAndGet(bytes.length + Frames.OVERHEAD);
            return failure;
        }
    }

    private IOException closedError() {
        return new IOException(file.path() + " is closed");
    }

    @Override
    public long sizeBytes() {
        return size.get();
    }

    @Override
    public void rewrite(Iterable<byte[]> records, Consumer<@Nullable IOException> done) {
        synchronized (queue) {
            if (!closed) {
                queue.addLast(new Waiting.Rewrite(records, size.get(), done));
                wake();
                return;
            }
        }
        tell(done, closedError());
    }

    private void tell(Consumer<@Nullable IOException> done, @Nullable IOException error) {
        loop.execute(() -> done.accept(error));
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            writer.execute(this::run);
        }
    }

    private void run() {
        boolean more;
        io.lock();
        try {
            woken.set(false);
            more = work();
        } finally {
            io.unlock();
        }
        if (more) {
            wake();
        }
    }

    /** Writes one group and one step of a rewrite. Returns whether there is more to do at once. */
    private boolean work() {
        synchronized (queue) {
            if (closed || (failure != null && !retryDue.get())) {
                return false;
            }
        }
        retryDue.set(false);
        if (!writeGroup()) {
            return false;
        }
        boolean drained;
        synchronized (queue) {
            drained = !(queue.peekFirst() instanceof Waiting.Append);
            if (drained && failure != null) {
                failure = null;
                health.recovered(name, file.path());
            }
            retryDue.set(failure != null);
        }
        stepRewrite();
        synchronized (queue) {
            return !queue.isEmpty() || running != null;
        }
    }

    /** Returns false if the disk failed. */
    private boolean writeGroup() {
        List<Waiting.Append> group = takeGroup();
        boolean written = false;
        try {
            file.repair();
            file.write(group.stream().map(append -> append.bytes).toList());
            written = true;
            tell(group, Storage.Durability.WRITTEN, null);
            if (syncDue.getAndSet(false) || wantsSync(group) || failing()) {
                file.sync();
            }
            tell(group, Storage.Durability.SYNCED, null);
            planSync();
            return true;
        } catch (IOException e) {
            failed(e, group, written);
            return false;
        }
    }

    private boolean failing() {
        synchronized (queue) {
            return failure != null;
        }
    }

    /** Takes the records at the head of the queue, up to a bound. */
    private List<Waiting.Append> takeGroup() {
        List<Waiting.Append> group = new ArrayList<>();
        long bytes = 0;
        synchronized (queue) {
            while (bytes < GROUP && queue.peekFirst() instanceof Waiting.Append append) {
                queue.removeFirst();
                group.add(append);
                bytes += append.bytes.length;
            }
            queuedBytes -= bytes;
        }
        return group;
    }

    private static boolean wantsSync(List<Waiting.Append> group) {
        for (Waiting.Append append : group) {
            if (append.durability == Storage.Durability.SYNCED) {
                return true;
            }
        }
        return false;
    }

    private void planSync() {
        if (file.unsynced() && syncPlanned.compareAndSet(false, true)) {
            loop.schedule(SYNC_DELAY, () -> {
                syncPlanned.set(false);
                syncDue.set(true);
                wake();
            });
        }
    }

    /** Tells those of the group who wait for {@code durability}. */
    private void tell(List<Waiting.Append> group, Storage.Durability durability, @Nullable IOException error) {
        List<Consumer<@Nullable IOException>> callbacks = new ArrayList<>();
        for (Waiting.Append append : group) {
            if (append.done != null && append.durability == durability) {
                callbacks.add(append.done);
            }
        }
        if (!callbacks.isEmpty()) {
            loop.execute(() -> callbacks.forEach(done -> done.accept(error)));
        }
    }

    private void failed(IOException error, List<Waiting.Append> group, boolean written) {
        health.failed(name, file.path(), error);
        List<Waiting.Append> toTell = new ArrayList<>();
        for (Waiting.Append append : group) {
            if (!written || append.durability == Storage.Durability.SYNCED) {
                toTell.add(append);
            }
        }
        synchronized (queue) {
            failure = error;
            List<Waiting> waiting = new ArrayList<>(queue);
            queue.clear();
            if (!written) {
                for (Waiting.Append append : group) {
                    queue.addLast(append.told());
                    queuedBytes += append.bytes.length;
                }
            }
            for (Waiting next : waiting) {
                if (next instanceof Waiting.Append append) {
                    toTell.add(append);
                    queue.addLast(append.told());
                } else {
                    queue.addLast(next);
                }
            }
        }
        tell(toTell, Storage.Durability.WRITTEN, error);
        tell(toTell, Storage.Durability.SYNCED, error);
        loop.schedule(RETRY_DELAY, () -> {
            retryDue.set(true);
            wake();
        });
    }

    private void stepRewrite() {
        startRewrite();
        Running current = running;
        if (current == null) {
            return;
        }
        try {
            if (current.rewrite.step()) {
                return;
            }
            file.replaceBy(current.rewrite);
            size.addAndGet(-current.asked.covered());
            running = null;
            tell(current.asked.done(), null);
        } catch (IOException | RuntimeException e) {
            abandon(current, e instanceof IOException io ? io : new IOException(e));
        }
    }

    private void startRewrite() {
        Waiting.Rewrite next;
        synchronized (queue) {
            if (!(queue.peekFirst() instanceof Waiting.Rewrite first)) {
                return;
            }
            queue.removeFirst();
            next = first;
        }
        if (running != null) {
            tell(next.done(), new IOException(file.path() + " is being rewritten already"));
            return;
        }
        try {
            running = new Running(new LogRewrite(disk, fileName, next.records(), file.end()), next);
        } catch (IOException | RuntimeException e) {
            IOException error = e instanceof IOException io ? io : new IOException(e);
            health.rewriteFailed(name, file.path(), error);
            tell(next.done(), error);
        }
    }

    private void abandon(Running current, IOException error) {
        running = null;
        current.rewrite.abandon();
        health.rewriteFailed(name, file.path(), error);
        tell(current.asked.done(), error);
    }

    @Override
    public void close() throws IOException {
        io.lock();
        try {
            synchronized (queue) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            if (running != null) {
                abandon(running, closedError());
            }
            closeFile();
        } finally {
            io.unlock();
        }
    }

    private void closeFile() throws IOException {
        List<Waiting.Append> rest = new ArrayList<>();
        synchronized (queue) {
            for (Waiting next : queue) {
                switch (next) {
                    case Waiting.Append append -> rest.add(append);
                    case Waiting.Rewrite rewrite -> tell(rewrite.done(), closedError());
                }
            }
            queue.clear();
        }
        IOException error = null;
        try (file) {
            file.repair();
            file.write(rest.stream().map(append -> append.bytes).toList());
            file.sync();
        } catch (IOException e) {
            error = e;
            throw e;
        } finally {
            tell(rest, Storage.Durability.WRITTEN, error);
            tell(rest, Storage.Durability.SYNCED, error);
        }
    }
}
