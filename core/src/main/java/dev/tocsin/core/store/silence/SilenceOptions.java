package dev.tocsin.core.store.silence;

import dev.tocsin.core.matcher.MatcherMode;
import java.time.Duration;

/**
 * How the hub keeps silences.
 *
 * @param mode which label names are valid
 * @param retention how long an ended silence is kept; positive ({@code --data.retention})
 * @param maintenanceInterval how often what is forgotten is removed and the snapshot file written; positive
 *     ({@code --data.maintenance-interval})
 * @param maxSilences how many silences there may be, ended ones included; none if not positive
 *     ({@code --silences.max-silences})
 * @param maxSizeBytes how large one silence may be as it is stored, in bytes; none if not positive
 *     ({@code --silences.max-silence-size-bytes})
 * @param logEdits whether each edit is logged ({@code --log.silences})
 */
public record SilenceOptions(
        MatcherMode mode,
        Duration retention,
        Duration maintenanceInterval,
        int maxSilences,
        int maxSizeBytes,
        boolean logEdits) {
    /** The defaults of the flags. */
    public static final SilenceOptions DEFAULTS =
            new SilenceOptions(MatcherMode.FALLBACK, Duration.ofDays(5), Duration.ofMinutes(15), 0, 0, false);

    /**
     * Checks the durations.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public SilenceOptions {
        if (!retention.isPositive() || !maintenanceInterval.isPositive()) {
            throw new IllegalArgumentException("retention " + retention + " and maintenance interval "
                    + maintenanceInterval + " must be positive");
        }
    }
}
