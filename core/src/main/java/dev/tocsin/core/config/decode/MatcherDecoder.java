package dev.tocsin.core.config.decode;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.LabelNames;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads the matchers of routes and inhibition rules in their three forms, and label names. */
final class MatcherDecoder {
    private final MatcherParser parser;

    MatcherDecoder(MatcherParser parser) {
        this.parser = parser;
    }

    /** A list of texts with one or more matchers each; the result is sorted. */
    List<Matcher> matchers(YamlFields fields, String key) {
        List<Matcher> matchers = new ArrayList<>();
        YamlNode list = fields.node(key);
        fields.list(key, "string", item -> matchers.addAll(matchers(fields, list == null ? item : list, item)));
        Collections.sort(matchers);
        return List.copyOf(matchers);
    }

    private List<Matcher> matchers(YamlFields fields, YamlNode list, YamlNode item) {
        if (!(item instanceof YamlNode.Scalar scalar)) {
            fields.problems().mistyped(item, "string", "");
            return List.of();
        }
        try {
            return parser.list(scalar.isNull() ? "" : scalar.text(), "config");
        } catch (InvalidMatcherException e) {
            fields.problems()
                    .refuse(
                            list.span(),
                            item.span(),
                            String.valueOf(e.getMessage()),
                            "a matcher looks like name=\"value\", name!=\"value\", name=~\"regex\" or name!~\"regex\"");
            return List.of();
        }
    }

    /** Says that a name in a deprecated map is none. */
    static void checkNames(YamlFields fields, String key, Map<String, String> match) {
        for (String name : match.keySet()) {
            if (!LabelNames.isLegacy(name)) {
                fields.refuseAt(key, "invalid label name " + GoQuote.quote(name));
            }
        }
    }

    /** The deprecated map of labels to regular expressions, as written. */
    Map<String, String> regexes(YamlFields fields, String key) {
        YamlNode map = fields.node(key);
        Map<String, String> written = fields.map(key, "map[string]string", value -> regex(fields, value));
        if (map instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                String name = entry.key() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
                if (!LabelNames.isLegacy(name)) {
                    fields.problems()
                            .refuse(map.span(), entry.key().span(), "invalid label name " + GoQuote.quote(name), "");
                } else if (entry.value().isNull()) {
                    fields.problems()
                            .refuse(
                                    map.span(),
                                    entry.value().span(),
                                    "invalid regexp value for " + GoQuote.quote(name),
                                    "");
                }
            }
        }
        return written;
    }

    private static String regex(YamlFields fields, YamlNode value) {
        if (value.isNull()) {
            return "";
        }
        if (!(value instanceof YamlNode.Scalar scalar)) {
            fields.problems().mistyped(value, "string", "");
            return "";
        }
        try {
            Matcher.of("name", MatchType.REGEXP, scalar.text());
        } catch (InvalidMatcherException e) {
            fields.problems().refuse(value.span(), String.valueOf(e.getMessage()), "");
        }
        return scalar.text();
    }

    /** Whether the name is valid in the mode of the parser. */
    boolean isName(String name) {
        return LabelNames.isValid(name, parser.mode());
    }
}
