package dev.tocsin.core.config;

import dev.tocsin.core.interval.CalendarField;
import dev.tocsin.core.interval.InclusiveRange;
import dev.tocsin.core.interval.Location;
import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.interval.TimeIntervalSpec;
import dev.tocsin.core.interval.TimeRange;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints a configuration as the status page shows it (contract section 2.12): defaults and inherited values filled in,
 * secrets masked, keys in Alertmanager's order. Alertmanager's tools read the result back. Immutable; safe for all threads.
 */
public final class ConfigPrinter {
    private final IntegrationKinds kinds;

    /** @param kinds those that the configuration was read with */
    public ConfigPrinter(List<IntegrationKind> kinds) {
        this.kinds = new IntegrationKinds(kinds);
    }

    /** The text, which ends with a line feed. */
    public String print(Config config) {
        YamlMapping out = new YamlMapping();
        out.mapping("global", block -> GlobalPrinter.print(config.global(), block))
                .mapping("route", block -> route(config.route(), block))
                .mappingsIfAny("inhibit_rules", config.inhibitRules(), ConfigPrinter::inhibitRule)
                .mappingsIfAny("receivers", config.receivers(), this::receiver)
                .texts("templates", config.templates())
                .mappingsIfAny("mute_time_intervals", config.muteTimeIntervals(), ConfigPrinter::interval)
                .mappingsIfAny("time_intervals", config.timeIntervals(), ConfigPrinter::interval);
        TracingConfig tracing = config.tracing();
        if (tracing != null) {
            out.mapping("tracing", block -> TelemetryPrinter.tracing(tracing, block));
        }
        EventRecorderConfig recorder = config.eventRecorder();
        if (recorder != null) {
            TelemetryPrinter.eventRecorder(recorder, out);
        }
        return new YamlWriter().write(out);
    }

    private static void route(RouteConfig route, YamlMapping out) {
        List<String> groupBy = route.groupBy();
        out.textIfSet("receiver", route.receiver())
                .textsIfAny("group_by", groupBy == null ? List.of() : groupBy)
                .textMapIfAny("match", route.match())
                .textMapIfAny("match_re", route.matchRe())
                .textsIfAny("matchers", route.matchers())
                .textsIfAny("mute_time_intervals", route.muteTimeIntervals())
                .textsIfAny("active_time_intervals", route.activeTimeIntervals())
                .bool("continue", route.continueMatching())
                .mappingsIfAny("routes", route.routes(), ConfigPrinter::route);
        duration("group_wait", route.groupWait(), out);
        duration("group_interval", route.groupInterval(), out);
        duration("repeat_interval", route.repeatInterval(), out);
        out.textMapIfAny("labels", route.labels());
    }

    private static void duration(String key, @Nullable Duration value, YamlMapping out) {
        if (value != null) {
            out.text(key, PrometheusDuration.print(value));
        }
    }

    private static void inhibitRule(InhibitRuleConfig rule, YamlMapping out) {
        out.textIfSet("name", rule.name())
                .textMapIfAny("source_match", rule.sourceMatch())
                .textMapIfAny("source_match_re", rule.sourceMatchRe())
                .textsIfAny("source_matchers", rule.sourceMatchers())
                .textMapIfAny("target_match", rule.targetMatch())
                .textMapIfAny("target_match_re", rule.targetMatchRe())
                .textsIfAny("target_matchers", rule.targetMatchers())
                .textsIfAny("equal", rule.equal());
    }

    private void receiver(ReceiverConfig receiver, YamlMapping out) {
        out.text("name", receiver.name()).textMapIfAny("labels", receiver.labels());
        for (String key : kinds.printed()) {
            IntegrationKind kind = kinds.byKey(key);
            if (kind != null) {
                List<ReceiverConfig.Integration> own = receiver.integrations().stream()
                        .filter(integration -> integration.kind().equals(kind.name()))
                        .toList();
                out.mappingsIfAny(key, own, (integration, block) -> kind.print(integration.config(), block));
            }
        }
    }

    private static void interval(TimeInterval interval, YamlMapping out) {
        out.text("name", interval.name());
        if (interval.specs().isEmpty()) {
            out.texts("time_intervals", List.of());
        }
        out.mappingsIfAny("time_intervals", interval.specs(), ConfigPrinter::spec);
    }

    private static void spec(TimeIntervalSpec spec, YamlMapping out) {
        List<TimeRange> times = spec.times();
        out.mappingsIfAny(
                "times",
                times == null ? List.of() : times,
                (time, block) -> block.text("start_time", time.startText()).text("end_time", time.endText()));
        ranges("weekdays", CalendarField.WEEKDAY, spec.weekdays(), out);
        ranges("days_of_month", CalendarField.DAY_OF_MONTH, spec.daysOfMonth(), out);
        ranges("months", CalendarField.MONTH, spec.months(), out);
        ranges("years", CalendarField.YEAR, spec.years(), out);
        Location location = spec.location();
        if (location != null) {
            out.flow("location", location.name());
        }
    }

    private static void ranges(
            String key, CalendarField field, @Nullable List<InclusiveRange> ranges, YamlMapping out) {
        if (ranges != null && !ranges.isEmpty()) {
            out.flow(key, ranges.stream().map(field::print).toList());
        }
    }
}
