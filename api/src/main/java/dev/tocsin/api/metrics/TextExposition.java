package dev.tocsin.api.metrics;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.HistogramFamily;
import dev.tocsin.core.metrics.MetricFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.metrics.SummaryFamily;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes metrics in the text format 0.0.4 of Prometheus: families by name, labels by name, children by label values.
 * Families without children are left out. Immutable; safe for all threads.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
public final class TextExposition {
    private static final Comparator<String[]> BY_VALUES = Arrays::compare;

    private final Metrics metrics;

    /** Writes {@code metrics}. */
    public TextExposition(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Brings the metrics up to date and writes them, one family at a time.
     *
     * @throws IOException if {@code out} does
     */
    public void writeTo(OutputStream out) throws IOException {
        metrics.collect();
        for (MetricFamily<?> family : metrics.families().values()) {
            if (!family.children().isEmpty()) {
                StringBuilder text = new StringBuilder(256);
                write(text, family);
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void write(StringBuilder out, MetricFamily<?> family) {
        switch (family) {
            case CounterFamily counters -> {
                head(out, counters, "counter");
                each(counters, (labels, child) -> sample(out, counters.name(), labels, "", child.value()));
            }
            case GaugeFamily gauges -> {
                head(out, gauges, "gauge");
                each(gauges, (labels, child) -> sample(out, gauges.name(), labels, "", child.value()));
            }
            case SummaryFamily summaries -> {
                head(out, summaries, "summary");
                each(summaries, (labels, child) -> {
                    sample(out, summaries.name() + "_sum", labels, "", child.sum());
                    sample(out, summaries.name() + "_count", labels, "", (double) child.count());
                });
            }
            case HistogramFamily histograms -> {
                head(out, histograms, "histogram");
                each(histograms, (labels, child) -> histogram(out, histograms, labels, child));
            }
        }
    }

    private static void histogram(
            StringBuilder out, HistogramFamily family, String labels, HistogramFamily.Child child) {
        double[] bounds = family.upperBounds();
        long[] counts = child.cumulativeCounts();
        for (int i = 0; i < counts.length; i++) {
            StringBuilder bound = new StringBuilder();
            GoFloat.append(bound, i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY);
            sample(out, family.name() + "_bucket", labels, bound.toString(), (double) counts[i]);
        }
        sample(out, family.name() + "_sum", labels, "", child.sum());
        sample(out, family.name() + "_count", labels, "", (double) counts[counts.length - 1]);
    }

    private static void head(StringBuilder out, MetricFamily<?> family, String type) {
        out.append("# HELP ").append(family.name()).append(' ');
        escape(out, family.help(), false);
        out.append("\n# TYPE ").append(family.name()).append(' ').append(type).append('\n');
    }

    private interface ChildWriter<C> {
        void write(String labels, C child);
    }

    @SuppressWarnings("ArrayRecordComponent") // compared only by the values
    private record Labelled<C>(String[] values, C child) {}

    /** Calls {@code writer} with each child and the text of its labels, without braces. */
    private static <C> void each(MetricFamily<C> family, ChildWriter<C> writer) {
        List<String> names = family.labelNames();
        Integer[] order = new Integer[names.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(names::get));
        List<Labelled<C>> children = new ArrayList<>();
        for (Map.Entry<List<String>, C> child : family.children().entrySet()) {
            String[] values = new String[order.length];
            Arrays.setAll(values, i -> child.getKey().get(order[i]));
            children.add(new Labelled<>(values, child.getValue()));
        }
        children.sort(Comparator.comparing(Labelled::values, BY_VALUES));
        for (Labelled<C> child : children) {
            StringBuilder labels = new StringBuilder();
            for (int i = 0; i < order.length; i++) {
                labels.append(i == 0 ? "" : ",").append(names.get(order[i])).append("=\"");
                escape(labels, child.values()[i], true);
                labels.append('"');
            }
            writer.write(labels.toString(), child.child());
        }
    }

    /** One line; {@code bound} is the upper bound of a bucket, or empty. */
    private static void sample(StringBuilder out, String name, String labels, String bound, double value) {
        out.append(name);
        if (!labels.isEmpty() || !bound.isEmpty()) {
            out.append('{').append(labels);
            if (!bound.isEmpty()) {
                out.append(labels.isEmpty() ? "" : ",")
                        .append("le=\"")
                        .append(bound)
                        .append('"');
            }
            out.append('}');
        }
        out.append(' ');
        GoFloat.append(out, value);
        out.append('\n');
    }

    private static void escape(StringBuilder out, String text, boolean quotes) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '"' -> out.append(quotes ? "\\\"" : "\"");
                default -> out.append(c);
            }
        }
    }
}
