package dev.tocsin.core.storage;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A process to be killed: appends numbered records on real threads, and prints each number that is acknowledged. It
 * rewrites the log now and then, and ends by itself after a minute.
 */
final class RecordWriter {
    private RecordWriter() {}

    /** Writes to the storage folder {@code args[0]}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ScheduledExecutorService loopThread = Executors.newSingleThreadScheduledExecutor();
        ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor();
        FileStorage storage =
                new FileStorage(Path.of(args[0]), writer, loop(loopThread), new Metrics(new MetricRegistry()));
        List<byte[]> all = new ArrayList<>();
        Storage.RecordLog log = storage.openLog("a", all::add);
        long first = all.isEmpty() ? 0 : number(all.getLast()) + 1;
        Semaphore open = new Semaphore(50);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        for (long i = first; System.nanoTime() < end; i++) {
            open.acquire();
            byte[] record = ByteBuffer.allocate(200).putLong(i).array();
            all.add(record);
            if (i % 500 == 99) {
                log.rewrite(List.copyOf(all.subList(0, all.size() - 1)), e -> {});
            }
            long number = i;
            log.append(record, i % 10 == 0 ? Storage.Durability.SYNCED : Storage.Durability.WRITTEN, e -> {
                if (e == null) {
                    System.out.println(number);
                }
                open.release();
            });
        }
        loopThread.shutdownNow();
    }

    /** The number of a record. */
    static long number(byte[] record) {
        return ByteBuffer.wrap(record).getLong();
    }

    private static Scheduler loop(ScheduledExecutorService thread) {
        return new Scheduler() {
            @Override
            public void execute(Runnable task) {
                thread.execute(task);
            }

            @Override
            public Cancellable schedule(Duration delay, Runnable task) {
                var scheduled = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            }

            @Override
            public boolean isCurrent() {
                return false;
            }
        };
    }
}
