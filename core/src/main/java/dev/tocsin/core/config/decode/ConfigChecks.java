package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.config.RouteConfig;
import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.FilePattern;
import dev.tocsin.core.yaml.Suggestion;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.core.yaml.YamlSpan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what concerns several blocks of a configuration: names are unique and known, the root route is one. The order is
 * Alertmanager's, because only the first thing that is wrong is reported.
 */
final class ConfigChecks {
    private final YamlProblems problems;
    private final Origins origins;
    private final Set<String> receiverNames = new LinkedHashSet<>();
    private final Set<String> intervalNames = new LinkedHashSet<>();

    ConfigChecks(YamlProblems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    /** The whole configuration, with what integrations inherit; null if anything is wrong. */
    @Nullable Config complete(ConfigDraft draft) {
        GlobalDecoder.check(draft.global(), (key, message) -> refuse(origins.of(draft.global(), key), message, ""));
        List<ReceiverConfig> receivers = receivers(draft);
        RouteConfig route = draft.route();
        if (route == null) {
            refuse(YamlSpan.WHOLE, "no routes provided", "add a route that names a receiver");
            return null;
        }
        checkRoot(route);
        checkReceivers(route);
        checkUnique("mute time interval ", draft.muteTimeIntervals());
        checkUnique("time interval ", draft.timeIntervals());
        checkIntervals(route);
        if (route.continueMatching()) {
            refuse(origins.of(route, "continue"), "cannot have continue in root route", "");
        }
        if (!draft.templates().stream().allMatch(FilePattern::isValid)) {
            refuse(origins.of(draft, "templates"), "syntax error in pattern", "a bracket or a backslash stands alone");
        }
        if (!problems.isEmpty()) {
            return null;
        }
        return new Config(
                draft.global(),
                route,
                draft.inhibitRules(),
                receivers,
                draft.templates(),
                draft.muteTimeIntervals(),
                draft.timeIntervals(),
                draft.tracing(),
                draft.eventRecorder());
    }

    private void refuse(YamlSpan at, String message, String hint) {
        problems.refuse(YamlSpan.WHOLE, at, message, hint);
    }

    private List<ReceiverConfig> receivers(ConfigDraft draft) {
        List<ReceiverConfig> receivers = new ArrayList<>(draft.receivers().size());
        for (ReceiverDecoder.Draft receiver : draft.receivers()) {
            if (!receiverNames.add(receiver.name())) {
                refuse(
                        receiver.at(),
                        "notification config name " + GoQuote.quote(receiver.name()) + " is not unique",
                        "");
            }
            receivers.add(ReceiverDecoder.complete(receiver, draft.global(), problems));
        }
        return List.copyOf(receivers);
    }

    private void checkRoot(RouteConfig root) {
        if (root.receiver() == null) {
            refuse(origins.of(root, "receiver"), "root route must specify a default receiver", "");
        }
        if (!root.match().isEmpty()
                || !root.matchRe().isEmpty()
                || !root.matchers().isEmpty()) {
            String key = !root.match().isEmpty() ? "match" : !root.matchRe().isEmpty() ? "match_re" : "matchers";
            refuse(origins.of(root, key), "root route must not have any matchers", "move them to a child route");
        }
        refuseOnRoot(root, "mute_time_intervals", root.muteTimeIntervals(), "mute time intervals");
        refuseOnRoot(root, "active_time_intervals", root.activeTimeIntervals(), "active time intervals");
    }

    private void refuseOnRoot(RouteConfig root, String key, List<String> names, String what) {
        if (!names.isEmpty()) {
            refuse(origins.of(root, key), "root route must not have any " + what, "move them to a child route");
        }
    }

    private void checkReceivers(RouteConfig node) {
        for (RouteConfig child : node.routes()) {
            checkReceivers(child);
        }
        String receiver = node.receiver();
        if (receiver != null && !receiverNames.contains(receiver)) {
            refuse(
                    origins.of(node, "receiver"),
                    "undefined receiver " + GoQuote.quote(receiver) + " used in route",
                    Suggestion.of(receiver, receiverNames));
        }
    }

    private void checkUnique(String what, List<TimeInterval> intervals) {
        for (TimeInterval interval : intervals) {
            if (!intervalNames.add(interval.name())) {
                refuse(origins.of(interval), what + GoQuote.quote(interval.name()) + " is not unique", "");
            }
        }
    }

    private void checkIntervals(RouteConfig node) {
        for (RouteConfig child : node.routes()) {
            checkIntervals(child);
        }
        checkIntervals(node, "mute_time_intervals", node.muteTimeIntervals());
        checkIntervals(node, "active_time_intervals", node.activeTimeIntervals());
    }

    private void checkIntervals(RouteConfig node, String key, List<String> names) {
        for (String name : names) {
            if (!intervalNames.contains(name)) {
                refuse(
                        origins.of(node, key),
                        "undefined time interval " + GoQuote.quote(name) + " used in route",
                        Suggestion.of(name, intervalNames));
            }
        }
    }
}
