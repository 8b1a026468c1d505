package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.label.LabelSet;
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
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is in force with what is tried. On a worker.
 *
 * @param current what is in force; null before the first configuration
 * @param limit the most alerts and groups to list
 */
record WhatIfQuestions(HubParts parts, @Nullable ActiveConfig current, int limit) {
    /** Two sides, and what they say differently. */
    private record Sides(Side before, Side after, List<ConfigDifference> differences) {}

    /** What is wrong with a candidate. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Tries a candidate on the alerts that fire now. */
    WhatIfAnswer ask(Candidate candidate) throws InvalidMatcherException {
        Instant now = parts.clock().now();
        List<Alert> alerts = parts.alerts().firing(now);
        try {
            Sides sides = sides(candidate, alerts, now);
            WhatIf comparison = new WhatIf(sides.before, sides.after, now, limit);
            alerts.forEach(comparison::add);
            return new WhatIfAnswer.Compared(comparison.comparison(sides.differences));
        } catch (RefusedException e) {
            return new WhatIfAnswer.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Tries a candidate on the alerts that began in some time, told by {@code beginnings}. */
    WhatIfAnswer ask(Candidate.InPast past, JournalPage beginnings) throws InvalidMatcherException {
        try {
            Sides sides = sides(past.tried(), List.of(), past.from());
            Sides uninhibited =
                    new Sides(sides.before.withoutInhibition(), sides.after.withoutInhibition(), sides.differences);
            WhatIf comparison = new WhatIf(uninhibited.before, uninhibited.after, past.until(), limit);
            Set<LabelSet> seen = new HashSet<>();
            for (JournalEntry entry : beginnings.entries()) {
                if (entry.event() instanceof AlertEvent.Merged merged
                        && (merged.change() == AlertEvent.Change.NEW || merged.change() == AlertEvent.Change.REFIRED)
                        && seen.add(merged.labels())) {
                    comparison.add(alert(merged.labels(), entry.at()), entry.at());
                }
            }
            String did = "began between " + past.from().truncatedTo(ChronoUnit.SECONDS) + " and "
                    + past.until().truncatedTo(ChronoUnit.SECONDS)
                    + (beginnings.more() ? " (only the latest are counted)" : "")
                    + (beginnings.silent().isEmpty()
                            ? ""
                            : " (" + String.join(", ", beginnings.silent().keySet()) + " did not answer)");
            return new WhatIfAnswer.Compared(comparison.comparison(sides.differences, did));
        } catch (RefusedException e) {
            return new WhatIfAnswer.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Alert alert(LabelSet labels, Instant at) {
        return new Alert(labels, LabelSet.EMPTY, at, ZoneOffset.UTC, Instant.MAX, ZoneOffset.UTC, at, "", false);
    }

    private Sides sides(Candidate candidate, List<Alert> alerts, Instant now)
            throws InvalidMatcherException, RefusedException {
        ActiveConfig active = current;
        if (active == null) {
            throw new RefusedException("no configuration is in force yet");
        }
        return switch (candidate) {
            case Candidate.Configuration(Config config) -> configuration(active, config, alerts);
            case Candidate.ConfigurationText(String yaml) ->
                switch (parts.reader().apply(yaml)) {
                    case ConfigResult.Loaded loaded -> configuration(active, loaded.config(), alerts);
                    case ConfigResult.Refused refused -> throw new RefusedException(refused.describe());
                };
            case Candidate.NewSilence silence -> silences(active, TriedSilences.with(parts.silences(), silence, now));
            case Candidate.EndedSilence(String id) -> {
                if (parts.silences().find(id) == null) {
                    throw new RefusedException("no silence has the id " + id);
                }
                yield silences(active, TriedSilences.without(parts.silences(), id));
            }
            case Candidate.InPast _ -> throw new IllegalArgumentException("the past of the past");
        };
    }

    private static Side side(ActiveConfig active, MuteStages stages) {
        return new Side(
                active.dispatcher().routes(), stages, active.pipeline()::intervals, Side.reachable(active.config()));
    }

    private static Sides silences(ActiveConfig active, TriedSilences tried) {
        MuteStages stages = active.pipeline().muteStages();
        return new Sides(side(active, stages), side(active, stages.with(tried)), List.of());
    }

    private Sides configuration(ActiveConfig active, Config config, List<Alert> alerts) throws InvalidMatcherException {
        return new Sides(
                side(active, active.pipeline().muteStages()),
                Side.of(config, alerts, parts.silences()),
                ConfigDiff.of(active.config(), config));
    }
}
