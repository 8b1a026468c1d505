package dev.tocsin.core.metrics;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Summaries of one name, without quantiles: count and sum. */
public final class SummaryFamily extends MetricFamily<SummaryFamily.Child> {
    SummaryFamily(String name, String help, List<String> labelNames) {
        super(name, help, labelNames);
    }

    /** The summary with these label values, made empty if it is new. */
    public Child labels(String... labelValues) {
        return child(Child::new, labelValues);
    }

    /** Count and sum of observations. */
    public static final class Child {
        private final LongAdder count = new LongAdder();
        private final DoubleAdder sum = new DoubleAdder();
        private volatile LongSupplier otherCount = () -> 0;
        private volatile DoubleSupplier otherSum = () -> 0;

        private Child() {}

        /** Counts one observation. */
        public void observe(double value) {
            count.increment();
            sum.add(value);
        }

        /**
         * Adds observations that are counted elsewhere: each scrape asks for them. The suppliers must be quick and safe for
         * all threads.
         */
        public void follow(LongSupplier countedElsewhere, DoubleSupplier summedElsewhere) {
            otherCount = countedElsewhere;
            otherSum = summedElsewhere;
        }

        /** How many observations there were. */
        public long count() {
            return count.sum() + otherCount.getAsLong();
        }

        /** The sum of all observations. */
        public double sum() {
            return sum.sum() + otherSum.getAsDouble();
        }
    }
}
