package dev.tocsin.core.metrics;

import java.util.List;
import java.util.function.DoubleSupplier;

/** Gauges of one name. */
public final class GaugeFamily extends MetricFamily<GaugeFamily.Child> {
    GaugeFamily(String name, String help, List<String> labelNames) {
        super(name, help, labelNames);
    }

    /** The gauge with these label values, made at 0 if it is new. */
    public Child labels(String... labelValues) {
        return child(Child::new, labelValues);
    }

    /** A number that goes up and down, set or asked for. */
    public static final class Child {
        private volatile DoubleSupplier source = () -> 0;

        private Child() {}

        /** Sets the value. */
        public void set(double value) {
            source = () -> value;
        }

        /** Lets each scrape ask {@code supplier}, which must be quick and safe for all threads. */
        public void set(DoubleSupplier supplier) {
            source = supplier;
        }

        /** The value now. */
        public double value() {
            return source.getAsDouble();
        }
    }
}
