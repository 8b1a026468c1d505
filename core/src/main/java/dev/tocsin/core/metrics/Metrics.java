package dev.tocsin.core.metrics;

import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The node's metrics: labelled families kept in a Dropwizard registry. Asking twice for a name gives the same family.
 * Safe for all threads.
 */
public final class Metrics {
    private final MetricRegistry registry;
    private final List<Runnable> collectors = new CopyOnWriteArrayList<>();

    /** Keeps the families in {@code registry}. */
    public Metrics(MetricRegistry registry) {
        this.registry = registry;
    }

    /**
     * Lets {@code collector} bring families up to date before each scrape: for gauges that are counted together, or whose
     * label values come and go. It runs on the scraping thread, possibly on several at once, and must be quick.
     */
    public void onCollect(Runnable collector) {
        collectors.add(collector);
    }

    /** Runs the collectors. Reporters call it before they read the registry. */
    public void collect() {
        for (Runnable collector : collectors) {
            collector.run();
        }
    }

    /** The registry behind, for reporters. */
    public MetricRegistry registry() {
        return registry;
    }

    /** The counter family called {@code name}. */
    public CounterFamily counter(String name, String help, String... labelNames) {
        return add(name, new CounterFamily(name, help, List.of(labelNames)));
    }

    /** The gauge family called {@code name}. */
    public GaugeFamily gauge(String name, String help, String... labelNames) {
        return add(name, new GaugeFamily(name, help, List.of(labelNames)));
    }

    /** The histogram family called {@code name}; {@code upperBounds} rise, the infinite one is added. */
    public HistogramFamily histogram(String name, String help, double[] upperBounds, String... labelNames) {
        return add(name, new HistogramFamily(name, help, upperBounds, List.of(labelNames)));
    }

    /** The summary family called {@code name}. */
    public SummaryFamily summary(String name, String help, String... labelNames) {
        return add(name, new SummaryFamily(name, help, List.of(labelNames)));
    }

    @SuppressWarnings("unchecked") // the class is checked before the cast
    private <F extends MetricFamily<?>> F add(String name, F fresh) {
        Metric known = registry.getMetrics().get(name);
        if (known == null) {
            return registry.register(name, fresh);
        }
        if (known.getClass() != fresh.getClass()) {
            throw new IllegalArgumentException(name + " is already another kind of metric");
        }
        return (F) known;
    }

    /** All families by name. */
    public SortedMap<String, MetricFamily<?>> families() {
        SortedMap<String, MetricFamily<?>> families = new TreeMap<>();
        registry.getMetrics().forEach((name, metric) -> {
            if (metric instanceof MetricFamily<?> family) {
                families.put(name, family);
            }
        });
        return families;
    }
}
