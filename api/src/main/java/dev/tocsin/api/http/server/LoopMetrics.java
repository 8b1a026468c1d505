package dev.tocsin.api.http.server;

import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.internal.PlatformDependent;

/** What the event loops have before them, and the memory that Netty holds outside of the heap. Asked for at each scrape. */
final class LoopMetrics {
    private LoopMetrics() {}

    static void register(Metrics metrics, EventLoopGroup loops) {
        GaugeFamily pending =
                metrics.gauge("tocsin_http_event_loop_pending_tasks", "Tasks that wait for an event loop.", "loop");
        int number = 0;
        for (EventExecutor loop : loops) {
            if (loop instanceof SingleThreadEventExecutor single) {
                pending.labels(Integer.toString(number++)).set(single::pendingTasks);
            }
        }
        metrics.gauge(
                        "tocsin_netty_direct_memory_bytes",
                        "Memory outside of the heap that Netty has reserved, of all that the node listens on; -1 if Netty"
                                + " does not know.")
                .labels()
                .set(PlatformDependent::usedDirectMemory);
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            GaugeFamily buffers = metrics.gauge(
                    "tocsin_netty_allocator_used_bytes", "Bytes that Netty's allocator holds for buffers.", "memory");
            buffers.labels("direct").set(() -> (double) provider.metric().usedDirectMemory());
            buffers.labels("heap").set(() -> (double) provider.metric().usedHeapMemory());
        }
    }
}
