package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.yaml.YamlFields;

/** Reads one inhibition rule (contract section 2.7). */
final class InhibitRuleDecoder {
    private final MatcherDecoder matchers;

    InhibitRuleDecoder(MatcherDecoder matchers) {
        this.matchers = matchers;
    }

    InhibitRuleConfig decode(YamlFields fields) {
        InhibitRuleConfig rule = new InhibitRuleConfig(
                fields.string("name"),
                fields.stringMap("source_match"),
                matchers.regexes(fields, "source_match_re"),
                matchers.matchers(fields, "source_matchers"),
                fields.stringMap("target_match"),
                matchers.regexes(fields, "target_match_re"),
                matchers.matchers(fields, "target_matchers"),
                fields.strings("equal"));
        MatcherDecoder.checkNames(fields, "source_match", rule.sourceMatch());
        MatcherDecoder.checkNames(fields, "target_match", rule.targetMatch());
        for (String name : rule.equal()) {
            if (!matchers.isName(name)) {
                fields.refuseAt("equal", "invalid label name " + GoQuote.quote(name) + " in equal list");
            }
        }
        return rule;
    }
}
