package dev.tocsin.core.metrics;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;

/** Counters of one name. */
public final class CounterFamily extends MetricFamily<CounterFamily.Child> {
    CounterFamily(String name, String help, List<String> labelNames) {
        super(name, help, labelNames);
    }

    /** The counter with these label values, made at 0 if it is new. */
    public Child labels(String... labelValues) {
        return child(Child::new, labelValues);
    }

    /** A number that only grows. */
    public static final class Child {
        private final DoubleAdder value = new DoubleAdder();

        private Child() {}

        /** Adds one. */
        public void increment() {
            value.add(1);
        }

        /** Adds {@code amount}, which must not be negative. */
        public void add(double amount) {
            value.add(amount);
        }

        /** The value now. */
        public double value() {
            return value.sum();
        }
    }
}
