package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.RouteConfig;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the routing tree (contract section 2.6). */
final class RouteDecoder {
    private static final String ALL = "...";

    private final MatcherDecoder matchers;
    private final Origins origins;

    RouteDecoder(MatcherDecoder matchers, Origins origins) {
        this.matchers = matchers;
        this.origins = origins;
    }

    RouteConfig decode(YamlFields fields) {
        List<String> groupBy = fields.strings("group_by");
        RouteConfig route = new RouteConfig(
                fields.text("receiver", null, text -> text.isEmpty() ? null : text),
                fields.has("group_by") ? groupBy : null,
                fields.stringMap("match"),
                matchers.regexes(fields, "match_re"),
                matchers.matchers(fields, "matchers"),
                fields.bool("continue", false),
                fields.text("group_wait", null, Texts::duration),
                fields.text("group_interval", null, Texts::duration),
                fields.text("repeat_interval", null, Texts::duration),
                fields.strings("mute_time_intervals"),
                fields.strings("active_time_intervals"),
                fields.stringMap("labels"),
                fields.list("routes", "*config.Route", item -> child(fields, item)));
        check(fields, route, groupBy);
        return origins.keep(route, fields);
    }

    private RouteConfig child(YamlFields parent, YamlNode item) {
        if (item.isNull()) {
            parent.problems().refuse(item.span(), "missing route in routes", "write a map or remove the dash");
        }
        return parent.problems().struct(item, "config.plain", this::decode);
    }

    private void check(YamlFields fields, RouteConfig route, List<String> groupBy) {
        MatcherDecoder.checkNames(fields, "match", route.match());
        checkGroupBy(fields, groupBy);
        if (Duration.ZERO.equals(route.groupInterval())) {
            fields.refuseAt("group_interval", "group_interval cannot be zero");
        }
        if (Duration.ZERO.equals(route.repeatInterval())) {
            fields.refuseAt("repeat_interval", "repeat_interval cannot be zero");
        }
        for (Map.Entry<String, String> label : route.labels().entrySet()) {
            if (!matchers.isName(label.getKey())) {
                fields.refuseAt("labels", "invalid label name " + GoQuote.quote(label.getKey()) + " in route labels");
            }
        }
    }

    private void checkGroupBy(YamlFields fields, List<String> groupBy) {
        Set<String> seen = new HashSet<>();
        String duplicate = null;
        for (String name : groupBy) {
            if (!name.equals(ALL) && !matchers.isName(name)) {
                fields.refuseAt("group_by", "invalid label name " + GoQuote.quote(name) + " in group_by list");
            }
            if (!seen.add(name) && !name.equals(ALL) && duplicate == null) {
                duplicate = name;
            }
        }
        if (seen.contains(ALL) && seen.size() > 1) {
            fields.refuseAt("group_by", "cannot have wildcard group_by (`...`) and other labels at the same time");
        }
        if (duplicate != null) {
            fields.refuseAt("group_by", "duplicated label " + GoQuote.quote(duplicate) + " in group_by");
        }
    }
}
