package dev.tocsin.core.inhibit;

import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An inhibition rule with its matchers compiled (contract sections 2.7 and 6.1). Immutable.
 *
 * @param name empty if none was given
 * @param source all must match an alert that inhibits; may be empty
 * @param target all must match an alert that is inhibited; may be empty
 * @param equal labels that both must agree in; a missing one counts as the empty string
 */
public record InhibitRule(String name, List<Matcher> source, List<Matcher> target, List<String> equal) {
    static InhibitRule of(InhibitRuleConfig config) throws InvalidMatcherException {
        return new InhibitRule(
                config.name(),
                matchers(config.sourceMatch(), config.sourceMatchRe(), config.sourceMatchers()),
                matchers(config.targetMatch(), config.targetMatchRe(), config.targetMatchers()),
                List.copyOf(config.equal()));
    }

    private static List<Matcher> matchers(
            Map<String, String> match, Map<String, String> matchRe, List<Matcher> matchers)
            throws InvalidMatcherException {
        List<Matcher> all = new ArrayList<>();
        match.forEach((name, value) -> all.add(Matcher.equal(name, value)));
        for (Map.Entry<String, String> regex : matchRe.entrySet()) {
            all.add(Matcher.of(regex.getKey(), MatchType.REGEXP, regex.getValue()));
        }
        all.addAll(matchers);
        return List.copyOf(all);
    }

    boolean isSource(LabelSet labels) {
        return all(source, labels);
    }

    boolean isTarget(LabelSet labels) {
        return all(target, labels);
    }

    private static boolean all(List<Matcher> matchers, LabelSet labels) {
        for (int i = 0; i < matchers.size(); i++) {
            if (!matchers.get(i).matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** The values that source and target must share, as a key for maps. */
    Object equalKey(LabelSet labels) {
        if (equal.size() == 1) {
            return labels.get(equal.getFirst());
        }
        String[] values = new String[equal.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = labels.get(equal.get(i));
        }
        return Arrays.asList(values);
    }
}
