package dev.tocsin.core.metrics;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Histograms of one name: cumulative counts below fixed bounds. */
public final class HistogramFamily extends MetricFamily<HistogramFamily.Child> {
    private final double[] upperBounds;

    HistogramFamily(String name, String help, double[] upperBounds, List<String> labelNames) {
        super(name, help, labelNames);
        this.upperBounds = upperBounds.clone();
    }

    /** The bounds in rising order, without the infinite one. */
    public double[] upperBounds() {
        return upperBounds.clone();
    }

    /** The histogram with these label values, made empty if it is new. */
    public Child labels(String... labelValues) {
        return child(() -> new Child(upperBounds), labelValues);
    }

    /** Counts of observations by size. */
    public static final class Child {
        private final double[] upperBounds;
        private final LongAdder[] buckets;
        private final DoubleAdder sum = new DoubleAdder();

        private Child(double[] upperBounds) {
            this.upperBounds = upperBounds;
            this.buckets = new LongAdder[upperBounds.length + 1];
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        /** Counts one observation. */
        public void observe(double value) {
            int at = 0;
            while (at < upperBounds.length && value > upperBounds[at]) {
                at++;
            }
            buckets[at].increment();
            sum.add(value);
        }

        /** The counts at or below each bound, the infinite one last; cumulative. */
        public long[] cumulativeCounts() {
            long[] counts = new long[buckets.length];
            long total = 0;
            for (int i = 0; i < buckets.length; i++) {
                total += buckets[i].sum();
                counts[i] = total;
            }
            return counts;
        }

        /** The sum of all observations. */
        public double sum() {
            return sum.sum();
        }
    }
}
