package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.config.IntegrationKinds;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblems;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads one configuration: first every block for itself, then, if all are well, what concerns several. */
final class ConfigDecoder {
    private final IntegrationKinds kinds;
    private final ConfigScope scope;
    private final YamlProblems problems;
    private final MatcherDecoder matchers;
    private final Origins origins = new Origins();
    private final TimeIntervalDecoder intervals;

    ConfigDecoder(IntegrationKinds kinds, ConfigScope scope, MatcherParser parser, ZoneId local) {
        this.kinds = kinds;
        this.scope = scope;
        this.problems = scope.problems();
        this.matchers = new MatcherDecoder(parser);
        this.intervals = new TimeIntervalDecoder(local, origins);
    }

    /** The configuration; null if anything is wrong, which the scope's problems then say. */
    @Nullable Config decode(YamlNode root) {
        ConfigDraft draft = problems.struct(root, "config.plain", this::draft);
        return problems.isEmpty() ? new ConfigChecks(problems, origins).complete(draft) : null;
    }

    private ConfigDraft draft(YamlFields fields) {
        YamlNode global = fields.node("global");
        ReceiverDecoder receivers = new ReceiverDecoder(kinds, scope);
        RouteDecoder routes = new RouteDecoder(matchers, origins);
        ConfigDraft draft = new ConfigDraft(
                problems.struct(global == null ? fields.node().emptied() : global, "config.plain", this::global),
                fields.struct("route", "config.plain", routes::decode),
                fields.list("inhibit_rules", "common.InhibitRule", this::inhibitRule),
                fields.list("receivers", "config.Receiver", receivers::draft),
                fields.texts("templates", "string", "", scope::path),
                intervals.decode(fields, "mute_time_intervals", "config.MuteTimeInterval", "mute time interval"),
                intervals.decode(fields, "time_intervals", "config.TimeInterval", "time interval"),
                fields.struct("tracing", "tracing.plain", new TracingDecoder(scope)::decode),
                fields.struct("event_recorder", "eventrecorder.Config", new EventRecorderDecoder(scope)::decode));
        return origins.keep(draft, fields);
    }

    private GlobalConfig global(YamlFields fields) {
        return origins.keep(new GlobalDecoder(scope).decode(fields), fields);
    }

    private InhibitRuleConfig inhibitRule(YamlNode item) {
        return problems.struct(item, "common.plain", new InhibitRuleDecoder(matchers)::decode);
    }
}
