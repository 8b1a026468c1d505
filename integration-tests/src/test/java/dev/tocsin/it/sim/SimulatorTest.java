package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.sim.check.Violation;
import dev.tocsin.it.sim.world.Mood;
import dev.tocsin.it.sim.world.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the simulator can be believed: it repeats itself exactly, finds what is wrong, and only that. */
class SimulatorTest {
    @Test
    void aSeedMakesTheSameHistoryEachTime() {
        for (long seed = 0; seed < 16; seed++) {
            Run once = new Chaos(seed, settings -> settings).scenario().run();
            Run again = new Chaos(seed, settings -> settings).scenario().run();

            assertThat(once.history().lines())
                    .isNotEmpty()
                    .isEqualTo(again.history().lines());
            assertThat(once.report()).isEqualTo(again.report());
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1, 13, 31, 66, 87, 94, 98, 102, 119, 127, 163, 178, 198, 223, 239, 260, 484, 572, 575, 615, 1055, 1094,
                1191, 1351, 1463, 1503, 1567, 1879, 1943, 1951, 2246, 2327, 2763, 2858, 3907, 4047, 4111, 4166, 4655,
                4839, 6375, 7377, 8041, 8207, 8426, 8658, 8679, 10583, 11207, 11417, 11860, 12007, 12740, 13502, 14815,
                20070, 20143, 20736, 20866, 30159, 500450, 910127, 2000167, 2010511, 2010967
            })
    void whatBrokeThePromiseOnceKeepsIt(long seed) {
        assertThat(new Chaos(seed, settings -> settings).scenario().run().violations())
                .isEmpty();
    }

    /** The same, drawn when the simulator had fewer faults. */
    @ParameterizedTest
    @ValueSource(longs = {215, 284, 433, 509, 748, 935, 1215, 1293, 1314, 1341, 1457})
    void whatBrokeThePromiseOnceKeepsItInTheFirstScenarios(long seed) {
        assertThat(new Chaos(seed, settings -> settings, false).scenario().run().violations())
                .isEmpty();
    }

    @Test
    void differentSeedsMakeDifferentHistories() {
        Run one = new Chaos(6, settings -> settings).scenario().run();
        Run other = new Chaos(14, settings -> settings).scenario().run();

        assertThat(one.history().lines()).isNotEqualTo(other.history().lines());
    }

    @Test
    void aNodeAloneKeepsThePromiseWhateverHappensToIt() {
        assertThat(new Seeds(0, 64, settings -> settings.nodes(1).alone()).failures(3))
                .isEmpty();
    }

    @Test
    void hubsThatDoNotKnowOfEachOtherAreCaughtAtRepeating() {
        Run run =
                new Scenario(1, Settings.cluster(3).alone(), 60_000).alerts(15).run();

        assertThat(run.violations()).extracting(Violation::guarantee).contains("G2");
        assertThat(run.report()).startsWith("seed 1, world of ").contains("is accepted once", "repeats #");
    }

    @Test
    void hubsThatDoNotKnowOfEachOtherAreCaughtAtLosing() {
        Run run = new Scenario(2, Settings.cluster(3).alone().balanced(), 60_000)
                .alerts(30)
                .at(25, world -> world.control().powerOff(0))
                .at(25, world -> world.control().powerOff(1))
                .run();

        assertThat(run.violations()).extracting(Violation::guarantee).contains("G4");
    }

    @Test
    void aReceiverThatAcceptsWithoutAnsweringIsToldAgainAndTheCopyIsMarked() {
        Run run = new Scenario(3, Settings.cluster(1).alone(), 60_000)
                .at(4, world -> world.mood(0, Mood.DIES_AFTER))
                .at(5, world -> world.flip(0))
                .at(12, world -> world.mood(0, Mood.GOOD))
                .run();

        assertThat(run.violations()).isEmpty();
        assertThat(run.history().requests()).hasSizeGreaterThan(1);
        assertThat(run.history().requests().getFirst().content().marked()).isFalse();
        assertThat(run.history().requests().getLast().content().marked()).isTrue();
    }
}
