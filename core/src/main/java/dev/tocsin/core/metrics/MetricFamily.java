package dev.tocsin.core.metrics;

import com.codahale.metrics.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A named metric with its children, one per combination of label values. Registered as one {@link Metric} in the
 * Dropwizard registry. Safe for all threads.
 *
 * @param <C> the child: counter, gauge, histogram or summary
 */
public abstract sealed class MetricFamily<C> implements Metric
        permits CounterFamily, GaugeFamily, HistogramFamily, SummaryFamily {
    private final String name;
    private final String help;
    private final List<String> labelNames;
    private final Map<List<String>, C> children = new ConcurrentHashMap<>();

    MetricFamily(String name, String help, List<String> labelNames) {
        this.name = name;
        this.help = help;
        this.labelNames = List.copyOf(labelNames);
    }

    /** The name in the exposition. */
    public final String name() {
        return name;
    }

    /** One line for people. */
    public final String help() {
        return help;
    }

    /** The label names, in the order in which values are given. */
    public final List<String> labelNames() {
        return labelNames;
    }

    /** The children by their label values, weakly consistent. */
    public final Map<List<String>, C> children() {
        return children;
    }

    /** Forgets all children, as when a new configuration makes their labels meaningless. */
    public final void reset() {
        children.clear();
    }

    /** Forgets one child. */
    public final void remove(String... labelValues) {
        children.remove(Arrays.asList(labelValues));
    }

    final C child(Supplier<C> create, String... labelValues) {
        List<String> key = Arrays.asList(labelValues);
        C child = children.get(key);
        if (child != null) {
            return child;
        }
        if (labelValues.length != labelNames.size()) {
            throw new IllegalArgumentException(name + " takes labels " + labelNames + ", got " + key);
        }
        return children.computeIfAbsent(List.copyOf(new ArrayList<>(key)), k -> create.get());
    }
}
