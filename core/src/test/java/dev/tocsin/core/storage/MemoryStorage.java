package dev.tocsin.core.storage;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Scheduler;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The production storage on a disk in memory, for tests and the simulator: writes happen as tasks of the loop, and the
 * process or the whole machine can die at any instant.
 */
public final class MemoryStorage implements Storage {
    private final MemoryDisk disk;
    private final Scheduler loop;
    private final Metrics metrics;
    private final FileStorage storage;
    private boolean dead;

    /** An empty disk. */
    public MemoryStorage(Scheduler loop) {
        this(new MemoryDisk(), loop, new Metrics(new MetricRegistry()));
    }

    MemoryStorage(MemoryDisk disk, Scheduler loop, Metrics metrics) {
        this.disk = disk;
        this.loop = loop;
        this.metrics = metrics;
        this.storage = new FileStorage(disk, this::later, loop, metrics);
    }

    private void later(Runnable task) {
        loop.execute(() -> {
            if (!dead) {
                task.run();
            }
        });
    }

    /** The process dies. Returns what its successor finds: all that was written, nothing that waited. */
    public MemoryStorage kill() {
        return kill(loop);
    }

    /** As {@link #kill()}, for a successor with a loop of its own. */
    public MemoryStorage kill(Scheduler successor) {
        dead = true;
        return new MemoryStorage(disk, successor, new Metrics(new MetricRegistry()));
    }

    /** The machine loses power. Returns what its successor finds: all that was synced. */
    public MemoryStorage crash() {
        return crash(0);
    }

    /** As {@link #crash()}, with the first {@code unsynced} bytes of the unsynced end of each file. */
    public MemoryStorage crash(int unsynced) {
        return crash(unsynced, loop);
    }

    /** As {@link #crash(int)}, for a successor with a loop of its own. */
    public MemoryStorage crash(int unsynced, Scheduler successor) {
        MemoryStorage next = kill(successor);
        disk.losePower(unsynced);
        return next;
    }

    /** A backup of the disk as it is now. */
    public MemoryStorage copy() {
        return new MemoryStorage(disk.copy(), loop, new Metrics(new MetricRegistry()));
    }

    /** Lets every change of the disk fail with this text, until told null. */
    public void failWith(@Nullable String message) {
        disk.failWith(message == null ? null : new IOException(message));
    }

    /** Fills the disk up when files together hold {@code bytes}. */
    public void room(long bytes) {
        disk.room(bytes);
    }

    /** Puts a file there as if another program had written it. */
    public void put(String name, byte[] content) {
        disk.put(name, content);
    }

    /** The disk, for tests of the storage itself. */
    MemoryDisk disk() {
        return disk;
    }

    /** What the storage counts. */
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public RecordLog openLog(String name, Consumer<byte[]> reader) throws IOException {
        return storage.openLog(name, reader);
    }

    @Override
    public byte @Nullable [] readFile(String name) throws IOException {
        return storage.readFile(name);
    }

    @Override
    public void writeFile(String name, byte[] content) throws IOException {
        if (!dead) {
            storage.writeFile(name, content);
        }
    }

    @Override
    public void close() throws IOException {
        if (!dead) {
            storage.close();
        }
    }
}
