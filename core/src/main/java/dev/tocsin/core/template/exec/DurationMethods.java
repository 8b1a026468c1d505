package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.value.Real;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import dev.tocsin.core.template.value.WholeType;
import java.util.HashMap;
import java.util.Map;

/** The methods of durations. Stateless. */
final class DurationMethods {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private DurationMethods() {}

    static Map<String, Routine> all(Routine string) {
        Map<String, Routine> all = new HashMap<>();
        all.put("String", string);
        all.put("Seconds", Routine.of((environment, values) -> real(nanos(values[0]), SECOND)));
        all.put("Minutes", Routine.of((environment, values) -> real(nanos(values[0]), MINUTE)));
        all.put("Hours", Routine.of((environment, values) -> real(nanos(values[0]), HOUR)));
        all.put("Nanoseconds", whole(1));
        all.put("Microseconds", whole(1000));
        all.put("Milliseconds", whole(1_000_000));
        all.put("Abs", Routine.of((environment, values) -> {
            long nanos = nanos(values[0]);
            return Whole.duration(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(nanos));
        }));
        all.put(
                "Round",
                Routine.of(
                        (environment, values) -> Whole.duration(rounded(nanos(values[0]), nanos(values[1]))),
                        Parameter.DURATION));
        all.put(
                "Truncate",
                Routine.of(
                        (environment, values) -> Whole.duration(truncated(nanos(values[0]), nanos(values[1]))),
                        Parameter.DURATION));
        return all;
    }

    private static Routine whole(long unit) {
        return Routine.of((environment, values) -> new Whole(nanos(values[0]) / unit, WholeType.INT64));
    }

    static long nanos(Value value) {
        return ((Whole) value).value();
    }

    /** Whole units and the rest by themselves, as Go does, so that the last digits are the same. */
    private static Value real(long nanos, long unit) {
        long whole = nanos / unit;
        return new Real(whole + (double) (nanos % unit) / unit);
    }

    private static long truncated(long nanos, long unit) {
        return unit <= 0 ? nanos : nanos - nanos % unit;
    }

    /** Halves go away from zero. */
    private static long rounded(long nanos, long unit) {
        if (unit <= 0) {
            return nanos;
        }
        long rest = nanos % unit;
        boolean up = Math.abs(rest) >= unit - Math.abs(rest);
        return nanos - rest + (up ? (nanos < 0 ? -unit : unit) : 0);
    }
}
