package dev.tocsin.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HubLoopOrderTest {
    private static final Duration CENTURIES = Duration.ofSeconds(Long.MAX_VALUE);

    private final HubLoop loop = new HubLoop(new Metrics(new MetricRegistry()), fatal -> {});
    private final List<Object> told = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        loop.close();
    }

    private void awaitQueue() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.execute(() -> done.complete(loop.isCurrent()));
        assertThat(done.join()).isTrue();
        assertThat(loop.isCurrent()).isFalse();
    }

    @Test
    void tasksOfOneThreadRunInTheirOrder() {
        List<Object> numbers =
                IntStream.range(0, 10_000).<Object>mapToObj(i -> i).toList();
        numbers.forEach(number -> loop.execute(() -> told.add(number)));
        awaitQueue();
        assertThat(told).isEqualTo(numbers);
    }

    @Test
    void aDelayOfNothingIsAtOnceAndThoseAfterItComeLater() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.execute(() -> {
            loop.schedule(Duration.ofMillis(200), () -> {
                told.add("later");
                done.complete(true);
            });
            loop.schedule(Duration.ofMillis(-1), () -> told.add("at once"));
            loop.execute(() -> told.add("then"));
        });
        done.join();
        assertThat(told).containsExactly("at once", "then", "later");
    }

    @Test
    void aTimerIsHeardAlthoughTasksNeverEnd() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.execute(new Runnable() {
            @Override
            public void run() {
                if (!done.isDone()) {
                    loop.execute(this);
                }
            }
        });
        loop.schedule(Duration.ofMillis(1), () -> done.complete(true));
        assertThat(done.join()).isTrue();
    }

    @Test
    void whatIsCalledOffIsNotRun() {
        loop.execute(() -> {
            Cancellable atOnce = loop.schedule(Duration.ZERO, () -> told.add("at once"));
            Cancellable soon = loop.schedule(Duration.ofNanos(1), () -> told.add("soon"));
            atOnce.cancel();
            soon.cancel();
            soon.cancel();
        });
        CompletableFuture<Boolean> busy = new CompletableFuture<>();
        loop.execute(busy::join);
        Cancellable byAnotherThread = loop.schedule(Duration.ofNanos(1), () -> told.add("by another thread"));
        byAnotherThread.cancel();
        busy.complete(true);
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        loop.schedule(Duration.ofMillis(1), () -> later.complete(true));
        later.join();
        assertThat(told).isEmpty();
    }

    @Test
    void theEndRunsWhatIsQueuedAndDropsTheRest() {
        loop.schedule(CENTURIES, () -> told.add("never"));
        loop.schedule(CENTURIES.negated(), () -> told.add("long ago"));
        loop.execute(() -> told.add("queued"));
        loop.close();
        loop.execute(() -> told.add("too late"));
        loop.schedule(Duration.ZERO, () -> told.add("too late"));
        assertThat(told).containsExactly("long ago", "queued");
    }
}
