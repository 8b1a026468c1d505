package dev.tocsin.app.runtime;

import dev.tocsin.core.runtime.Scheduler;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the whole heap collected when most of its old part must be garbage. When many notifications are under way at once
 * they outlive the young part, and the serial collector looks at the old one only when the heap has reached its maximum: a
 * quarter of the machine's memory. Used on the hub loop only, which stands still meanwhile as all threads do.
 */
public final class HeapTrimmer {
    /** What the old part may grow by before anything is done, in bytes. */
    static final long SLACK = 96L << 20;

    private static final long MEGABYTE = 1L << 20;

    private static final Logger log = LoggerFactory.getLogger(HeapTrimmer.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Scheduler loop;
    private final Old old;
    private long lastUsed;

    /** The part of the heap where objects are that have lived for a while; sizes in bytes. */
    interface Old {
        /** What objects take, whether anything refers to them or not. */
        long used();

        /** What they took after the last collection of the whole heap; 0 before the first one. */
        long live();

        /** Collects the whole heap. */
        void collect();
    }

    HeapTrimmer(Scheduler loop, Old old) {
        this.loop = loop;
        this.old = old;
    }

    /** Looks after the heap of this process from now on, if its collector is the serial one; others do that by themselves. */
    public static void start(Scheduler loop) {
        tenured().ifPresent(pool -> new HeapTrimmer(loop, new Tenured(pool)).next());
    }

    static Optional<MemoryPoolMXBean> tenured() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Tenured Gen"))
                .findFirst();
    }

    private void next() {
        loop.schedule(EVERY, () -> {
            look();
            next();
        });
    }

    /**
     * Collects if that is worth it and little is going on: if the old part has grown by less than a megabyte since the last
     * look. At twice the size it does not wait for that.
     */
    void look() {
        long used = old.used();
        boolean grows = used - lastUsed > MEGABYTE;
        lastUsed = used;
        long worthIt = 2 * old.live() + SLACK;
        if (used < worthIt || (grows && used < 2 * worthIt)) {
            return;
        }
        old.collect();
        lastUsed = old.used();
        log.atDebug()
                .addKeyValue("component", "runtime")
                .addKeyValue("before", used)
                .addKeyValue("after", lastUsed)
                .log("Collected the whole heap");
    }

    /** The real one. */
    private record Tenured(MemoryPoolMXBean pool) implements Old {
        @Override
        public long used() {
            return pool.getUsage().getUsed();
        }

        @Override
        public long live() {
            return pool.getCollectionUsage().getUsed();
        }

        @Override
        public void collect() {
            System.gc();
        }
    }
}
