package dev.tocsin.it.sim.world;

import dev.tocsin.core.config.BareWebhookKind;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** The configurations that nodes can have: the first one, one with another interval and a route more, one with many
 * reasons not to notify, and one with another route. */
public final class SimConfigs {
    /** A reason for each team's alerts not to be notified; those of t0, t4 and t8 are. */
    public static final int REASONS = 2;

    private static final String MANY_REASONS = """
            route:
              receiver: first
              group_by: [team]
              group_wait: 2s
              group_interval: 5s
              repeat_interval: 1h
              routes:
              - {receiver: second, matchers: [team=t1], mute_time_intervals: [always]}
              - {receiver: second, matchers: [team=t2]}
              - {receiver: second, matchers: [team=t3]}
              - {receiver: first, matchers: [team=t4]}
              - {receiver: third, matchers: [team=t5]}
              - {receiver: second, matchers: [team=t6], group_wait: 10m}
              - {receiver: second, matchers: [team=t7], group_wait: 40s}
            time_intervals:
            - {name: always, time_intervals: [{years: ['2000:2100']}]}
            inhibit_rules:
            - {name: four, source_matchers: [team=t4], target_matchers: [team=t3]}
            receivers:
            - {name: first, webhook_configs: [{url: "0"}]}
            - {name: second, webhook_configs: [{url: "1"}]}
            - {name: third, webhook_configs: [{url: "2"}]}
            """;

    private static final String ALSO = """
              - receiver: third
                matchers: ["team=~t[0-9]"]
                continue: true
            """;
    private static final String WITHIN = """
                routes:
                - matchers: ["team=t1"]
                  group_by: [team, alertname]
            """;
    /** Never reached: the route before it takes all that match here. */
    private static final String SHADOWED = """
              - receiver: first
                matchers: ["team!~t[02468]"]
            """;

    private static final String THIRD = """
            - name: third
              webhook_configs:
              - url: "0"
            """;
    private static final String INTERVALS = """
            time_intervals:
            - {name: quiet, time_intervals: [{times: [{start_time: '03:05', end_time: '03:06'}]}]}
            - {name: before, time_intervals: [{times: [{start_time: '00:00', end_time: '03:05'}]}]}
            - {name: after, time_intervals: [{times: [{start_time: '03:06', end_time: '24:00'}]}]}
            """;
    private static final String ACTIVE = "    active_time_intervals: [before, after]\n";
    private static final String INHIBITION = """
            inhibit_rules:
            - {source_matchers: [instance=a0], target_matchers: [instance!=a0], equal: [team]}
            - {source_matchers: [instance=a1], target_matchers: [instance=a0], equal: [alertname]}
            """;

    /** By a clock that is right, the quiet minute is this many seconds after the beginning. */
    public static final int QUIET_FROM = 55;

    /** And is over after so many. */
    public static final int QUIET_UNTIL = 115;

    /** As the first one, but the route to the second receiver has another name: the groups of the others are unknown to it. */
    public static final int OTHER_ROUTES = 3;

    /** How many receivers there are. */
    static final int RECEIVERS = 3;

    private final List<ConfigResult.Loaded> variants;

    SimConfigs(Settings settings) {
        this.variants = List.of(
                load(text(settings, settings.groupIntervalMillis(), "")),
                load(text(
                        settings,
                        settings.groupIntervalMillis() + 1_000,
                        "  - receiver: first\n    matchers: [\"team=~none.*\"]\n")),
                load(MANY_REASONS),
                load(text(settings, settings.groupIntervalMillis(), "").replace("t[13579]", "t[1379]")));
    }

    private static ConfigResult.Loaded load(String yaml) {
        return switch (read(yaml)) {
            case ConfigResult.Loaded loaded -> loaded;
            case ConfigResult.Refused refused -> throw new IllegalStateException(refused.describe());
        };
    }

    /** Reads a configuration. */
    static ConfigResult read(String yaml) {
        ConfigLoader loader = new ConfigLoader(
                List.of(new BareWebhookKind()), new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC);
        return loader.parse(yaml, Path.of("sim.yml"));
    }

    private static String text(Settings settings, int groupIntervalMillis, String moreRoutes) {
        boolean deep = settings.traits().contains(Trait.DEEP_ROUTES);
        boolean quiet = settings.traits().contains(Trait.QUIET_MINUTE);
        boolean active = settings.traits().contains(Trait.ACTIVE_INTERVALS);
        return """
                route:
                  receiver: first
                  group_by: [team]
                  group_wait: %dms
                  group_interval: %dms
                  repeat_interval: %dms
                  routes:
                %s  - receiver: second
                    matchers: ["team=~t[13579]"]
                %s%sreceivers:
                - name: first
                  webhook_configs:
                  - url: "0"
                - name: second
                  webhook_configs:
                  - url: "1"
                  - url: "2"
                """.formatted(
                                settings.groupWaitMillis(),
                                groupIntervalMillis,
                                settings.repeatMillis(),
                                deep ? ALSO + (active ? ACTIVE : "") : "",
                                (quiet ? "    mute_time_intervals: [quiet]\n" : "")
                                        + (active ? ACTIVE : "")
                                        + (deep ? WITHIN + SHADOWED : ""),
                                moreRoutes)
                + (deep ? THIRD : "")
                + (quiet || active ? INTERVALS : "")
                + (settings.traits().contains(Trait.INHIBITION) ? INHIBITION : "");
    }

    /** A configuration and its hash. */
    ConfigResult.Loaded variant(int number) {
        return variants.get(number);
    }

    /** A configuration. */
    Config config(int number) {
        return variants.get(number).config();
    }

    /** How many there are. */
    int count() {
        return variants.size();
    }
}
