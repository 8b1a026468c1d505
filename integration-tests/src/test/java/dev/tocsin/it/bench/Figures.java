package dev.tocsin.it.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured in several rounds of two things, in turns. One thread. */
final class Figures {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String figure, double value) {
        values.computeIfAbsent(figure, k -> new ArrayList<>()).add(value);
    }

    /** NaN if it was not measured. */
    double median(String figure) {
        List<Double> sorted = new ArrayList<>(values.getOrDefault(figure, List.of(Double.NaN)));
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Prints the medians side by side. */
    static void print(String first, Figures a, String second, Figures b) {
        System.out.printf("%-46s %14s %14s %10s%n", "figure (median)", first, second, "difference");
        for (String figure : a.values.keySet()) {
            double left = a.median(figure);
            double right = b.median(figure);
            System.out.printf("%-46s %14.1f %14.1f %10.1f%n", figure, left, right, right - left);
        }
    }
}
