package dev.tocsin.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.app.runtime.Timers.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final long NEAR_THE_END_OF_THE_CLOCK = Long.MAX_VALUE - 50;

    /** A hundred nanoseconds later. */
    private static final long AFTER_THE_END = Long.MIN_VALUE + 49;

    private final Timers timers = new Timers();
    private final List<String> told = new ArrayList<>();

    private Timer add(String name, long dueNanos) {
        Timer timer = new Timer(() -> told.add(name), dueNanos);
        timers.add(timer);
        return timer;
    }

    private List<String> runAll() {
        for (Timer first = timers.first(); first != null; first = timers.first()) {
            timers.remove(first);
            first.run();
        }
        return told;
    }

    @Test
    void theEarliestComesFirstAndEqualsInTheirOrder() {
        add("third", 30);
        add("first", 10);
        add("second", 20);
        add("fourth", 30);
        assertThat(runAll()).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void aClockThatOverflowsChangesNothing() {
        add("after", AFTER_THE_END);
        add("before", NEAR_THE_END_OF_THE_CLOCK);
        assertThat(runAll()).containsExactly("before", "after");
    }

    @Test
    void whatIsRemovedTwiceIsRemovedOnce() {
        Timer gone = add("gone", 10);
        add("left", 20);
        timers.remove(gone);
        timers.remove(gone);
        assertThat(timers.size()).isOne();
        assertThat(runAll()).containsExactly("left");
    }

    @Test
    void whatIsCalledOffDoesNothingWhenItIsDue() {
        add("gone", 10).cancel();
        assertThat(runAll()).isEmpty();
    }

    @Test
    void manyComeAndGoInAnyOrder() {
        Random random = new Random(7);
        List<Timer> left = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            left.add(add("timer", random.nextInt(500)));
            if (random.nextInt(3) == 0) {
                timers.remove(left.remove(random.nextInt(left.size())));
            }
        }
        left.sort(Comparator.comparingLong(timer -> timer.dueNanos)); // stable: equals stay in their order
        List<Long> expected = left.stream().map(timer -> timer.dueNanos).toList();
        List<Long> seen = new ArrayList<>();
        for (Timer first = timers.first(); first != null; first = timers.first()) {
            seen.add(first.dueNanos);
            timers.remove(first);
        }
        assertThat(seen).isEqualTo(expected);
    }
}
