package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.world.Settings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of three nodes says nonsense, half of the time: nothing may break in the two others. They cannot know that what can
 * be read is not true, so nothing is promised until it is gone.
 */
class NonsenseTest {
    private static final int MADNESS_SECONDS = 60;
    private static final int END_SECONDS = 150;
    private static final int LATE_SECONDS = 110;

    static Run run(long seed) {
        return new Scenario(seed, Settings.cluster(3), END_SECONDS * 1000)
                .alerts(15)
                .silences(20)
                .at(5, world -> world.control().garble(2, seed))
                .at(MADNESS_SECONDS, world -> world.control().kill(2))
                .at(MADNESS_SECONDS, world -> world.control().talkSense(2))
                .run();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 103, 106})
    void theOthersGoOn(long seed) {
        Run run = run(seed);
        List<Happening.Broke> broken = run.history().all(Happening.Broke.class).toList();

        assertThat(broken).as("what escaped from a task of a hub loop").isEmpty();
        assertThat(run.history().requests().stream()
                        .filter(request -> request.startedAt() > LATE_SECONDS * 1_000_000_000L))
                .as("requests when the mad one is long gone")
                .isNotEmpty();
    }
}
