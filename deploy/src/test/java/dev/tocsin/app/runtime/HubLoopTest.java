package dev.tocsin.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HubLoopTest {
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final BlockingQueue<VirtualMachineError> fatal = new LinkedBlockingQueue<>();
    private final HubLoop loop = new HubLoop(metrics, fatal::add);

    @AfterEach
    void close() {
        loop.close();
    }

    static Stream<Throwable> failuresOfOneTask() {
        return Stream.of(
                new IllegalStateException("a bug"),
                new AssertionError("a bug"),
                new NoClassDefFoundError("a broken jar"),
                new ExceptionInInitializerError("a broken class"),
                new StackOverflowError(),
                new Error("whatever else"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfOneTask")
    void goesOnAfterATaskThatFailed(Throwable failure) throws Exception {
        loop.execute(() -> raise(failure));
        loop.schedule(Duration.ZERO, () -> raise(failure));

        assertThat(isOnTheLoop()).isTrue();
        assertThat(failures()).isEqualTo(2);
        assertThat(fatal).isEmpty();
    }

    static Stream<VirtualMachineError> failuresOfTheMachine() {
        return Stream.of(new OutOfMemoryError("Java heap space"), new InternalError("a fault of the machine"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheMachine")
    void tellsItsOwnerOfAFailureOfTheMachine(VirtualMachineError failure) throws Exception {
        loop.execute(() -> raise(failure));
        loop.schedule(Duration.ZERO, () -> raise(failure));

        assertThat(List.of(take(), take())).containsExactly(failure, failure);
        assertThat(failures()).isZero();
    }

    @Test
    void countsNothingWhileAllIsWell() throws Exception {
        assertThat(isOnTheLoop()).isTrue();
        assertThat(failures()).isZero();
    }

    @Test
    void takesADelayOfCenturies() throws Exception {
        loop.schedule(Duration.ofDays(365_000), () -> raise(new AssertionError("too early")));

        assertThat(isOnTheLoop()).isTrue();
        assertThat(failures()).isZero();
    }

    @Test
    void dropsWhatComesAfterItsEnd() {
        loop.close();

        loop.execute(() -> raise(new AssertionError("too late")));
        loop.schedule(Duration.ZERO, () -> raise(new AssertionError("too late")))
                .cancel();

        assertThat(failures()).isZero();
    }

    private VirtualMachineError take() throws InterruptedException {
        VirtualMachineError error = fatal.poll(10, TimeUnit.SECONDS);
        return error == null ? new InternalError("nobody was told") : error;
    }

    /** Whether tasks still run, on the one thread, after those that came before. */
    private boolean isOnTheLoop() throws Exception {
        CompletableFuture<Boolean> current = new CompletableFuture<>();
        loop.schedule(Duration.ofNanos(1), () -> current.complete(loop.isCurrent()));
        return current.get(10, TimeUnit.SECONDS) && !loop.isCurrent();
    }

    private double failures() {
        return metrics.counter("tocsin_hub_loop_failures_total", "").labels().value();
    }

    private static void raise(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(failure);
        }
    }
}
