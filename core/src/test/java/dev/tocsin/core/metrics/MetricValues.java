package dev.tocsin.core.metrics;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads metrics in tests without making series that nobody has made. */
public final class MetricValues {
    private final Metrics metrics;

    /** Reads {@code metrics}. */
    public MetricValues(Metrics metrics) {
        this.metrics = metrics;
    }

    /** The value of a counter or a gauge; NaN if there is no such series. */
    public double value(String name, String... labels) {
        return switch (child(name, labels)) {
            case CounterFamily.Child counter -> counter.value();
            case GaugeFamily.Child gauge -> gauge.value();
            case null, default -> Double.NaN;
        };
    }

    /** The cumulative counts of a histogram, the infinite bucket last; empty if there is no such series. */
    public List<Long> buckets(String name, String... labels) {
        return child(name, labels) instanceof HistogramFamily.Child histogram
                ? Arrays.stream(histogram.cumulativeCounts()).boxed().toList()
                : List.of();
    }

    /** How many series a family has; 0 if there is no such family. */
    public int series(String name) {
        MetricFamily<?> family = metrics.families().get(name);
        return family == null ? 0 : family.children().size();
    }

    private @Nullable Object child(String name, String... labels) {
        MetricFamily<?> family = metrics.families().get(name);
        return family == null ? null : family.children().get(List.of(labels));
    }
}
