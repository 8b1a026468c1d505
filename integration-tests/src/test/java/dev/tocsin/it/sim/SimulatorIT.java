package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many seeds, each a cluster of its own with faults of its own. The properties {@code simulation.first} and
 * {@code simulation.seeds} say which; to replay one, say its number and 1. After {@code simulation.failures} of them it
 * looks no further.
 */
@Tag("simulate")
class SimulatorIT {
    @Test
    void noSeedBreaksThePromise() {
        long first = Long.getLong("simulation.first", 0);
        long seeds = Long.getLong("simulation.seeds", 2_000);

        int enough = Integer.getInteger("simulation.failures", 5);

        assertThat(new Seeds(first, seeds, settings -> settings).failures(enough))
                .as("reports of seeds that break the promise")
                .isEmpty();
    }
}
