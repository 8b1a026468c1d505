package dev.tocsin.api.metrics;

import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.metrics.SummaryFamily;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * How the Java runtime does: the {@code jvm_*} families under the names that Prometheus' own Java client gives them, so
 * that its dashboards work. They are asked for at each scrape.
 */
public final class RuntimeMetrics {
    private static final double MILLIS = 1e3;

    private final Metrics metrics;

    /** Does nothing before {@link #register}. */
    public RuntimeMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Adds the families. Called once. */
    public void register() {
        metrics.gauge("jvm_runtime_info", "The Java runtime.", "version", "vendor", "runtime")
                .labels(
                        System.getProperty("java.runtime.version", ""),
                        System.getProperty("java.vm.vendor", ""),
                        System.getProperty("java.runtime.name", ""))
                .set(1);
        memory();
        buffers();
        collections();
        threads();
        classes();
    }

    private void memory() {
        Supplier<MemoryUsage> heap = ManagementFactory.getMemoryMXBean()::getHeapMemoryUsage;
        Supplier<MemoryUsage> other = ManagementFactory.getMemoryMXBean()::getNonHeapMemoryUsage;
        usage("jvm_memory_used_bytes", "Used bytes of a memory area.", "area", MemoryUsage::getUsed, heap, other);
        usage(
                "jvm_memory_committed_bytes",
                "Bytes that a memory area has from the system.",
                "area",
                MemoryUsage::getCommitted,
                heap,
                other);
        usage(
                "jvm_memory_max_bytes",
                "Limit of a memory area in bytes, or -1.",
                "area",
                MemoryUsage::getMax,
                heap,
                other);
        GaugeFamily used = metrics.gauge("jvm_memory_pool_used_bytes", "Used bytes of a memory pool.", "pool");
        GaugeFamily max = metrics.gauge("jvm_memory_pool_max_bytes", "Limit of a memory pool in bytes, or -1.", "pool");
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            used.labels(pool.getName()).set(() -> (double) pool.getUsage().getUsed());
            max.labels(pool.getName()).set(() -> (double) pool.getUsage().getMax());
        }
    }

    private void usage(
            String name,
            String help,
            String label,
            ToLongFunction<MemoryUsage> figure,
            Supplier<MemoryUsage> heap,
            Supplier<MemoryUsage> other) {
        GaugeFamily family = metrics.gauge(name, help, label);
        family.labels("heap").set(() -> (double) figure.applyAsLong(heap.get()));
        family.labels("nonheap").set(() -> (double) figure.applyAsLong(other.get()));
    }

    private void buffers() {
        GaugeFamily used = metrics.gauge("jvm_buffer_pool_used_bytes", "Used bytes of a buffer pool.", "pool");
        GaugeFamily buffers = metrics.gauge("jvm_buffer_pool_used_buffers", "Buffers of a buffer pool.", "pool");
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            used.labels(pool.getName()).set(() -> (double) pool.getMemoryUsed());
            buffers.labels(pool.getName()).set(() -> (double) pool.getCount());
        }
    }

    private void collections() {
        SummaryFamily collections =
                metrics.summary("jvm_gc_collection_seconds", "Garbage collections and the time they took.", "gc");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections
                    .labels(collector.getName())
                    .follow(collector::getCollectionCount, () -> collector.getCollectionTime() / MILLIS);
        }
    }

    private void threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        gauge("jvm_threads_current", "Number of platform threads.", threads::getThreadCount);
        gauge("jvm_threads_daemon", "Number of platform threads that are daemons.", threads::getDaemonThreadCount);
        gauge("jvm_threads_peak", "Most platform threads since the start.", threads::getPeakThreadCount);
    }

    private void classes() {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        gauge("jvm_classes_currently_loaded", "Number of loaded classes.", classes::getLoadedClassCount);
    }

    private void gauge(String name, String help, DoubleSupplier source) {
        metrics.gauge(name, help).labels().set(source);
    }
}
