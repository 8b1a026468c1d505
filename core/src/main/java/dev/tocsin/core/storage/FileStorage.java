package dev.tocsin.core.storage;

import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Scheduler;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Storage in one folder, which it locks: logs in {@code <name>.log}, other files under their own names. Safe for all
 * threads.
 */
public final class FileStorage implements Storage {
    private final Disk disk;
    private final Executor writer;
    private final Scheduler loop;
    private final StorageHealth health;
    private final List<AppendLog> logs = new CopyOnWriteArrayList<>();
    private final AtomicLong temporaries = new AtomicLong();

    /**
     * Takes possession of {@code folder}, which is created if it is missing.
     *
     * @param writer runs the tasks that write and sync, which block. Each log has one task at a time, so a thread per
     *     task lets a slow sync of one log not hold up the others
     * @param loop where callbacks run
     * @throws IOException if the folder cannot be used, or another process uses it; the message says why
     */
    public FileStorage(Path folder, Executor writer, Scheduler loop, Metrics metrics) throws IOException {
        this(new FolderDisk(folder), writer, loop, metrics);
    }

    /** Storage on any disk. */
    FileStorage(Disk disk, Executor writer, Scheduler loop, Metrics metrics) {
        this.disk = disk;
        this.writer = writer;
        this.loop = loop;
        this.health = new StorageHealth(metrics);
    }

    @Override
    public RecordLog openLog(String name, Consumer<byte[]> reader) throws IOException {
        String fileName = name + ".log";
        disk.delete(LogRewrite.temporary(fileName));
        Disk.DiskFile file = disk.open(fileName);
        if (file == null) {
            file = createLog(fileName);
        }
        try {
            long end = new LogRecovery(file, disk.path(fileName)).run(reader);
            LogFile logFile = new LogFile(disk, fileName, file, end);
            AppendLog log = new AppendLog(disk, name, fileName, logFile, writer, loop, health);
            health.opened(name);
            logs.add(log);
            return log;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** A log appears with its header or not at all, so that a crash leaves no half of it. */
    private Disk.DiskFile createLog(String fileName) throws IOException {
        String temporary = LogRewrite.temporary(fileName);
        Disk.DiskFile file = disk.create(temporary);
        file.write(ByteBuffer.wrap(Frames.HEADER), 0);
        file.force();
        disk.rename(temporary, fileName);
        disk.syncFolder();
        return file;
    }

    @Override
    public byte @Nullable [] readFile(String name) throws IOException {
        try (Disk.DiskFile file = disk.open(name)) {
            if (file == null) {
                return null;
            }
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
            while (content.hasRemaining()) {
                if (file.read(content, content.position()) < 0) {
                    throw new EOFException(disk.path(name) + " became shorter while it was read");
                }
            }
            return content.array();
        }
    }

    @Override
    public void writeFile(String name, byte[] content) throws IOException {
        String temporary = name + "." + Long.toHexString(temporaries.getAndIncrement());
        try {
            try (Disk.DiskFile file = disk.create(temporary)) {
                file.write(ByteBuffer.wrap(content), 0);
                file.force();
            }
            disk.rename(temporary, name);
        } catch (IOException e) {
            disk.delete(temporary);
            throw e;
        }
        disk.syncFolder();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (AppendLog log : logs) {
            try {
                log.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        disk.close();
        if (failure != null) {
            throw failure;
        }
    }
}
