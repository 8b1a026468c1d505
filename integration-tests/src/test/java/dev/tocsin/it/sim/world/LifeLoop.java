package dev.tocsin.it.sim.world;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.util.function.Consumer;

/** The hub loop of one life of a node: ends with the process, stands still with the machine. */
final class LifeLoop implements Scheduler {
    private final Machine machine;
    private final Consumer<Throwable> broke;
    private boolean dead;
    private boolean running;

    /** @param broke hears of what escapes from a task */
    LifeLoop(Machine machine, Consumer<Throwable> broke) {
        this.machine = machine;
        this.broke = broke;
    }

    void die() {
        dead = true;
    }

    boolean dead() {
        return dead;
    }

    @Override
    public void execute(Runnable task) {
        machine.timer(0, () -> run(task));
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return machine.timer(delay.toNanos(), () -> run(task));
    }

    @Override
    public boolean isCurrent() {
        return running;
    }

    /** Something from outside happens on the loop, now or when the machine runs again. */
    void arrive(Runnable task) {
        machine.arrive(() -> run(task));
    }

    private void run(Runnable task) {
        if (dead) {
            return;
        }
        boolean before = running;
        running = true;
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            broke.accept(e);
        } finally {
            running = before;
        }
    }
}
