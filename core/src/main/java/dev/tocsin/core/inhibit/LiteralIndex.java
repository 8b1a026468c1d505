package dev.tocsin.core.inhibit;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many lists of matchers can match a label set at all. A list that asks for plain values of some label
 * is found by its rarest such value; the few others are always candidates. So thousands of rules that differ in one
 * value cost what a few do. Immutable.
 */
final class LiteralIndex {
    private static final int[] NONE = {};

    private final Map<String, Map<String, int[]>> byLabel = new HashMap<>();
    private final int[] always;

    /** An index over {@code lists}, which are numbered from 0. */
    LiteralIndex(List<List<Matcher>> lists) {
        Map<String, Map<String, Integer>> uses = new HashMap<>();
        for (List<Matcher> matchers : lists) {
            for (Matcher matcher : matchers) {
                for (String value : matcher.literals()) {
                    uses.computeIfAbsent(matcher.name(), name -> new HashMap<>())
                            .merge(value, 1, Integer::sum);
                }
            }
        }
        List<Integer> rest = new ArrayList<>();
        Map<String, Map<String, List<Integer>>> found = new HashMap<>();
        for (int i = 0; i < lists.size(); i++) {
            Matcher rarest = rarest(lists.get(i), uses);
            if (rarest == null) {
                rest.add(i);
                continue;
            }
            Map<String, List<Integer>> values = found.computeIfAbsent(rarest.name(), name -> new HashMap<>());
            for (String value : rarest.literals()) {
                values.computeIfAbsent(value, v -> new ArrayList<>()).add(i);
            }
        }
        found.forEach((name, values) -> {
            Map<String, int[]> numbers = new HashMap<>();
            values.forEach((value, rules) -> numbers.put(value, array(rules)));
            byLabel.put(name, numbers);
        });
        this.always = array(rest);
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static @Nullable Matcher rarest(List<Matcher> matchers, Map<String, Map<String, Integer>> uses) {
        Matcher rarest = null;
        long fewest = Long.MAX_VALUE;
        for (Matcher matcher : matchers) {
            List<String> values = matcher.literals();
            // A missing label counts as the empty string, and what is missing cannot be looked up.
            if (values.isEmpty() || values.contains("")) {
                continue;
            }
            long total = 0;
            for (String value : values) {
                total += uses.getOrDefault(matcher.name(), Map.of()).getOrDefault(value, 0);
            }
            if (total < fewest) {
                fewest = total;
                rarest = matcher;
            }
        }
        return rarest;
    }

    /** The numbers, in rising order, of all lists that can match {@code labels}. The caller must not change them. */
    int[] candidates(LabelSet labels) {
        int[] found = always;
        boolean mixed = false;
        for (int i = 0; i < labels.size() && !byLabel.isEmpty(); i++) {
            Map<String, int[]> values = byLabel.get(labels.name(i));
            int[] more = values == null ? NONE : values.getOrDefault(labels.value(i), NONE);
            if (more.length > 0) {
                mixed |= found.length > 0;
                found = found.length == 0 ? more : concat(found, more);
            }
        }
        if (mixed) {
            Arrays.sort(found);
        }
        return found;
    }

    private static int[] concat(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
