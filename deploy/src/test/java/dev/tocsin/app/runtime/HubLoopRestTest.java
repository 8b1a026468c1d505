package dev.tocsin.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the loop sleeps, in a time that goes on when the test says so. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HubLoopRestTest {
    private static final long MILLI = 1_000_000;
    private static final long FOR_EVER = Long.MAX_VALUE / 4;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * MILLI); // nanoTime may overflow
    private final BlockingQueue<Long> sleeps = new LinkedBlockingQueue<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final HubLoop loop = new HubLoop(new Metrics(new MetricRegistry()), fatal -> {}, new SlowTime());

    /** Sleeps until there is news, however long that takes. */
    private final class SlowTime implements Rest {
        @Override
        public long nanoTime() {
            return now.get();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller's
        public void await(Condition news, long nanos) throws InterruptedException {
            sleeps.add(nanos);
            news.await();
        }
    }

    @BeforeEach
    void sleepsAsLongAsThereIsNothingToDo() throws InterruptedException {
        assertThat(sleeps.take()).isEqualTo(FOR_EVER);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private Cancellable in(long micros, String what) {
        return loop.schedule(Duration.ofNanos(micros * 1000), () -> told.add(what));
    }

    /** Schedules several at once, and returns how long the loop sleeps then. */
    private long sleepAfter(Runnable schedule) throws InterruptedException {
        loop.execute(schedule);
        return sleeps.take();
    }

    private long sleepAfterMicros(long micros) throws InterruptedException {
        now.addAndGet(micros * 1000);
        return sleepAfter(() -> {});
    }

    @Test
    void whoeverSleepsDoesSoForTwoMilliseconds() throws InterruptedException {
        assertThat(sleepAfter(() -> in(1, "soon"))).isEqualTo(2 * MILLI);
        assertThat(told).isEmpty();
    }

    @Test
    void aTimerThatIsFurtherAwayIsWaitedForAsLongAsItTakes() throws InterruptedException {
        assertThat(sleepAfter(() -> in(2001, "later"))).isEqualTo(2001 * 1000);
        assertThat(sleepAfterMicros(1)).isEqualTo(2 * MILLI);
        assertThat(told).isEmpty();
        assertThat(sleepAfterMicros(2000)).isEqualTo(FOR_EVER);
        assertThat(told).containsExactly("later");
    }

    @Test
    void timersThatEndCloseToEachOtherRunAfterOneSleep() throws InterruptedException {
        assertThat(sleepAfter(() -> {
                    in(1900, "c");
                    in(1000, "b");
                    in(10, "a");
                    in(6000, "d");
                }))
                .isEqualTo(2 * MILLI);
        assertThat(sleepAfterMicros(2000)).isEqualTo(4 * MILLI);
        assertThat(told).containsExactly("a", "b", "c");
    }

    @Test
    void aTaskIsNotWaitedFor() throws InterruptedException {
        in(1, "timer");
        assertThat(sleeps.take()).isEqualTo(2 * MILLI);
        assertThat(sleepAfter(() -> told.add("task"))).isEqualTo(2 * MILLI);
        assertThat(told).containsExactly("task");
    }

    @Test
    void whatIsDueAlreadyNeedsNoSleep() throws InterruptedException {
        assertThat(sleepAfter(() -> {
                    in(5, "due");
                    now.addAndGet(5000);
                }))
                .isEqualTo(FOR_EVER);
        assertThat(told).containsExactly("due");
    }

    @Test
    void aTimerThatIsCalledOffWakesNobodyUp() throws InterruptedException {
        assertThat(sleepAfter(() -> in(1, "never").cancel())).isEqualTo(FOR_EVER);
    }
}
