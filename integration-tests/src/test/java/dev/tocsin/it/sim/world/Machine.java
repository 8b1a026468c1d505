package dev.tocsin.it.sim.world;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.storage.MemoryStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A computer with a clock that is wrong, a disk, and at most one process of the hub at a time. What runs on it stands
 * still while it is paused.
 */
final class Machine implements Clock {
    /** True time 0 on a clock that is right. */
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private static final class Waiting {
        final boolean timer;
        final long due;
        final Runnable action;

        Waiting(boolean timer, long due, Runnable action) {
            this.timer = timer;
            this.due = due;
            this.action = action;
        }
    }

    private final SimTime time;
    private final Dice dice;
    private final int index;
    private long wallOffset;
    private long setBackAt = -1;
    private final double rate;
    private final List<Waiting> backlog = new ArrayList<>();
    private long frozen;
    private long pausedAt = -1;
    private boolean suspended;
    private boolean on = true;
    private @Nullable MemoryStorage disk;
    private @Nullable MemoryStorage backup;
    private long backedUpAt;
    private @Nullable Life life;

    /**
     * @param wallOffset nanoseconds by which its wall clock is ahead
     * @param rate how fast its clocks run, about 1
     */
    Machine(SimTime time, Dice dice, int index, long wallOffset, double rate) {
        this.time = time;
        this.dice = dice;
        this.index = index;
        this.wallOffset = wallOffset;
        this.rate = rate;
    }

    int index() {
        return index;
    }

    String name() {
        return "n" + (index + 1);
    }

    long wallOffset() {
        return wallOffset;
    }

    /** Sets the wall clock, as an operator or a time server does. Returns by how much, in nanoseconds. */
    long setClock(long offset) {
        long step = offset - wallOffset;
        if (offset < wallOffset) {
            setBackAt = time.now();
        }
        wallOffset = offset;
        return step;
    }

    @Override
    public Instant now() {
        return START.plusNanos((long) (time.now() * rate) + wallOffset);
    }

    @Override
    public long nanoTime() {
        long paused = suspended && pausedAt >= 0 ? time.now() - pausedAt : 0;
        return (long) ((time.now() - frozen - paused) * rate);
    }

    /** Lets {@code action} happen in {@code nanos} of this machine's monotonic time, or when it runs again. */
    Cancellable timer(long nanos, Runnable action) {
        long due = nanoTime() + Math.max(0, nanos);
        TimerHandle handle = new TimerHandle(due, action);
        handle.arm();
        return handle;
    }

    private final class TimerHandle implements Cancellable {
        private final long due;
        private final Runnable action;
        private Cancellable event = Cancellable.NONE;
        private boolean cancelled;

        TimerHandle(long due, Runnable action) {
            this.due = due;
            this.action = action;
        }

        void arm() {
            event = time.in((long) Math.ceil((due - nanoTime()) / rate), this::ring);
        }

        private void ring() {
            if (cancelled) {
                return;
            }
            if (pausedAt >= 0) {
                backlog.add(new Waiting(true, due, this::ring));
            } else if (nanoTime() < due) {
                arm();
            } else {
                action.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            event.cancel();
        }
    }

    /** Lets something from outside, such as a message, happen here now, or when the machine runs again. */
    void arrive(Runnable action) {
        if (pausedAt >= 0) {
            backlog.add(new Waiting(false, nanoTime(), action));
        } else {
            action.run();
        }
    }

    boolean paused() {
        return pausedAt >= 0;
    }

    /** @param suspend whether the monotonic clock stands still too, as when a virtual machine is moved */
    void pause(boolean suspend) {
        if (pausedAt < 0) {
            pausedAt = time.now();
            suspended = suspend;
        }
    }

    /** Runs on: what was due meanwhile happens at once; nobody knows in which order timers and messages are seen. */
    void resume() {
        if (pausedAt < 0) {
            return;
        }
        if (suspended) {
            frozen += time.now() - pausedAt;
        }
        pausedAt = -1;
        suspended = false;
        List<Waiting> due = new ArrayList<>(backlog);
        backlog.clear();
        switch (dice.below(3)) {
            case 0 -> due.sort(Comparator.comparingInt(waiting -> waiting.timer ? 0 : 1));
            case 1 -> due.sort(Comparator.comparingInt(waiting -> waiting.timer ? 1 : 0));
            default -> due.sort(Comparator.comparingLong(waiting -> waiting.due));
        }
        for (Waiting waiting : due) {
            time.in(0, () -> arriveAgain(waiting));
        }
    }

    private void arriveAgain(Waiting waiting) {
        if (pausedAt >= 0) {
            backlog.add(waiting);
        } else {
            waiting.action.run();
        }
    }

    /** The process that runs now, or null. */
    @Nullable Life life() {
        return life;
    }

    void life(@Nullable Life next) {
        life = next;
    }

    /** What the disk holds, or null if it is empty. */
    @Nullable MemoryStorage disk() {
        return disk;
    }

    void disk(@Nullable MemoryStorage next) {
        disk = next;
    }

    /** Keeps what the disk holds now. */
    void backUp(MemoryStorage content) {
        backup = content;
        backedUpAt = time.now();
    }

    /**
     * Whether there is a backup by which the machine could be restored: a clock that was set back since then must not make
     * it believe that it is younger than it was.
     */
    boolean hasBackup() {
        return backup != null && setBackAt < backedUpAt;
    }

    /** Replaces what the disk holds. Returns until when it has what happened, true time in nanoseconds. */
    long restore() {
        if (backup != null) {
            disk = backup.copy();
        }
        return backedUpAt;
    }

    /** Whether the machine itself has power: if not, nothing answers there, not even with a refusal. */
    boolean on() {
        return on;
    }

    void on(boolean power) {
        on = power;
    }
}
