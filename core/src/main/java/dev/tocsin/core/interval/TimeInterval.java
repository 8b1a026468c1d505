package dev.tocsin.core.interval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A named time interval: it contains a moment if any of its specifications does.
 *
 * @param name what routes call it
 * @param specs may be empty: then it contains nothing
 */
public record TimeInterval(String name, List<TimeIntervalSpec> specs) {
    /** Copies the list. */
    public TimeInterval {
        specs = List.copyOf(specs);
    }

    /** Whether {@code time} lies inside. */
    public boolean contains(Instant time) {
        return count(time) > 0;
    }

    /**
     * The moments of one day, by the clock of each specification, at which its answer may change: unsorted, perhaps with
     * moments at which it does not.
     *
     * @param day any moment of the day
     */
    public List<Instant> boundaries(Instant day) {
        List<Instant> found = new ArrayList<>();
        for (TimeIntervalSpec spec : specs) {
            spec.addBoundaries(day, found);
        }
        return found;
    }

    /** How many specifications contain {@code time}; interfaces list a name once for each (contract section 5.3). */
    public int count(Instant time) {
        int count = 0;
        for (TimeIntervalSpec spec : specs) {
            if (spec.contains(time)) {
                count++;
            }
        }
        return count;
    }
}
