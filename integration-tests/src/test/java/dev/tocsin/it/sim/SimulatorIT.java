package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many seeds, each a cluster of its own with faults of its own. The properties {@code simulation.first} and
 * {@code simulation.seeds} say which; to replay one, say its number and 1. After {@code simulation.failures} of them it
 * looks no further.
 */
@Tag("simulate")
class SimulatorIT {
    /** Of all seeds from 0 on every so manieth is one of those that know more configurations. */
    static final int LATEST = 4;

    @Test
    void noSeedBreaksThePromise() {
        long first = Long.getLong("simulation.first", 0);
        long seeds = Long.getLong("simulation.seeds", 2_000);
        long latest = first == 0 ? seeds / LATEST : 0;
        int enough = Integer.getInteger("simulation.failures", 5);

        List<String> failures =
                new ArrayList<>(new Seeds(first, seeds - latest, settings -> settings).failures(enough));
        failures.addAll(new Seeds(Chaos.LATEST_SEEDS, latest, settings -> settings).failures(enough));

        assertThat(failures).as("reports of seeds that break the promise").isEmpty();
    }
}
