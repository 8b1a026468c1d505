package dev.tocsin.core.hub;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;

/** A hub loop that can die: nothing that was to run on it runs afterwards, as after kill -9. */
final class MortalLoop implements Scheduler {
    private final Scheduler loop;
    private boolean dead;

    MortalLoop(Scheduler loop) {
        this.loop = loop;
    }

    void kill() {
        dead = true;
    }

    private Runnable mortal(Runnable task) {
        return () -> {
            if (!dead) {
                task.run();
            }
        };
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(mortal(task));
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return loop.schedule(delay, mortal(task));
    }

    @Override
    public boolean isCurrent() {
        return loop.isCurrent();
    }
}
