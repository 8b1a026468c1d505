package dev.tocsin.it.sim.world;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigLoader;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** The configurations that nodes can have: the first one, and one with another interval and a route more. */
final class SimConfigs {
    /** How many receivers there are. */
    static final int RECEIVERS = 3;

    private final List<ConfigResult.Loaded> variants;

    SimConfigs(Settings settings) {
        this.variants = List.of(
                load(text(settings, settings.groupIntervalMillis(), "")),
                load(text(
                        settings,
                        settings.groupIntervalMillis() + 1_000,
                        "  - receiver: first\n    matchers: [\"team=~none.*\"]\n")));
    }

    private static ConfigResult.Loaded load(String yaml) {
        return switch (read(yaml)) {
            case ConfigResult.Loaded loaded -> loaded;
            case ConfigResult.Refused refused -> throw new IllegalStateException(refused.describe());
        };
    }

    /** Reads a configuration. */
    static ConfigResult read(String yaml) {
        ConfigLoader loader =
                new ConfigLoader(List.of(new SimKind()), new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC);
        return loader.parse(yaml, Path.of("sim.yml"));
    }

    private static String text(Settings settings, int groupIntervalMillis, String moreRoutes) {
        return """
                route:
                  receiver: first
                  group_by: [team]
                  group_wait: %dms
                  group_interval: %dms
                  repeat_interval: %dms
                  routes:
                  - receiver: second
                    matchers: ["team=~t[13579]"]
                %sreceivers:
                - name: first
                  webhook_configs:
                  - url: "0"
                - name: second
                  webhook_configs:
                  - url: "1"
                  - url: "2"
                """.formatted(settings.groupWaitMillis(), groupIntervalMillis, settings.repeatMillis(), moreRoutes);
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
