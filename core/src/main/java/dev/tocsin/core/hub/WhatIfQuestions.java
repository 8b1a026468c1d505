package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.ConfigDiff;
import dev.tocsin.core.whatif.ConfigDifference;
import dev.tocsin.core.whatif.Side;
import dev.tocsin.core.whatif.TriedSilences;
import dev.tocsin.core.whatif.WhatIf;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is in force with what is tried. On a worker.
 *
 * @param current what is in force; null before the first configuration
 * @param limit the most alerts and groups to list
 */
record WhatIfQuestions(HubParts parts, @Nullable ActiveConfig current, int limit) {
    WhatIfAnswer ask(Candidate candidate) throws InvalidMatcherException {
        ActiveConfig active = current;
        if (active == null) {
            return new WhatIfAnswer.Refused("no configuration is in force yet");
        }
        Instant now = parts.clock().now();
        return switch (candidate) {
            case Candidate.Configuration(Config config) -> configuration(active, config, now);
            case Candidate.ConfigurationText(String yaml) ->
                switch (parts.reader().apply(yaml)) {
                    case ConfigResult.Loaded loaded -> configuration(active, loaded.config(), now);
                    case ConfigResult.Refused refused -> new WhatIfAnswer.Refused(refused.describe());
                };
            case Candidate.NewSilence silence ->
                compare(active, TriedSilences.with(parts.silences(), silence, now), now);
            case Candidate.EndedSilence(String id) ->
                parts.silences().find(id) == null
                        ? new WhatIfAnswer.Refused("no silence has the id " + id)
                        : compare(active, TriedSilences.without(parts.silences(), id), now);
        };
    }

    private static Side side(ActiveConfig active, MuteStages stages) {
        return new Side(
                active.dispatcher().routes(), stages, active.pipeline()::intervals, Side.reachable(active.config()));
    }

    private WhatIfAnswer compare(ActiveConfig active, TriedSilences tried, Instant now) {
        MuteStages stages = active.pipeline().muteStages();
        return compare(
                side(active, stages),
                side(active, stages.with(tried)),
                parts.alerts().firing(now),
                now,
                List.of());
    }

    private WhatIfAnswer configuration(ActiveConfig active, Config config, Instant now) throws InvalidMatcherException {
        List<Alert> alerts = parts.alerts().firing(now);
        return compare(
                side(active, active.pipeline().muteStages()),
                Side.of(config, alerts, parts.silences()),
                alerts,
                now,
                ConfigDiff.of(active.config(), config));
    }

    private WhatIfAnswer compare(
            Side before, Side after, List<Alert> alerts, Instant now, List<ConfigDifference> differences) {
        WhatIf comparison = new WhatIf(before, after, now, limit);
        alerts.forEach(comparison::add);
        return new WhatIfAnswer.Compared(comparison.comparison(differences));
    }
}
