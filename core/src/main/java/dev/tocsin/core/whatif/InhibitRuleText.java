package dev.tocsin.core.whatif;

import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.matcher.Matcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** An inhibition rule on one line: two rules that mean the same have the same line. */
final class InhibitRuleText {
    private InhibitRuleText() {}

    static String of(InhibitRuleConfig rule) {
        String name = rule.name().isEmpty() ? "" : '"' + rule.name() + "\" ";
        String equal = rule.equal().isEmpty() ? "" : " if equal " + rule.equal();
        return name + side(rule.sourceMatch(), rule.sourceMatchRe(), rule.sourceMatchers()) + " inhibits "
                + side(rule.targetMatch(), rule.targetMatchRe(), rule.targetMatchers()) + equal;
    }

    private static String side(Map<String, String> match, Map<String, String> matchRe, List<Matcher> matchers) {
        List<String> all = new ArrayList<>();
        match.forEach((name, value) -> all.add(Matcher.equal(name, value).toString()));
        matchRe.forEach((name, value) -> all.add(name + "=~\"" + value + '"'));
        matchers.forEach(matcher -> all.add(matcher.toString()));
        Collections.sort(all);
        return "{" + String.join(",", all) + "}";
    }
}
