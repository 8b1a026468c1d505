package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.world.Mood;
import dev.tocsin.it.sim.world.Nodes;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One thing goes wrong at a time, each under several seeds, clocks half a minute wrong. */
class ScenarioTest {
    private static final int SECONDS = 60;

    private static Scenario cluster(long seed, int nodes) {
        return new Scenario(seed, Settings.cluster(nodes).skewed(), SECONDS * 1000).alerts(15);
    }

    private static Run keepsThePromise(Scenario scenario) {
        Run run = scenario.run();
        assertThat(run.violations()).as(run::report).isEmpty();
        return run;
    }

    /** The requests that were accepted although another one had told the same before. */
    private static List<Request> marked(Run run) {
        return run.history().requests().stream()
                .filter(request -> request.content().marked())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingGoesWrong(long seed) {
        Run run = keepsThePromise(cluster(seed, 3));

        assertThat(marked(run)).isEmpty();
        assertThat(run.history().requests().stream().map(Request::node).distinct())
                .as("the nodes that send")
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aBalancerGivesEachBatchToAnyNode(long seed) {
        Run run =
                keepsThePromise(new Scenario(seed, Settings.cluster(5).skewed().balanced(), SECONDS * 1000).alerts(15));

        assertThat(marked(run)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachNodeIsKilledInTurn(long seed) {
        Scenario scenario = cluster(seed, 3);
        for (int i = 0; i < 3; i++) {
            int node = i;
            scenario.at(15 + 15 * i, world -> world.control().kill(node));
            scenario.at(20 + 15 * i, world -> world.control().start(node));
        }
        keepsThePromise(scenario);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aNodeDiesForGood(long seed) {
        keepsThePromise(cluster(seed, 3).at(20, world -> world.control().powerOff(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOwnerDiesAtTheInstantOfAcceptanceAndTheAlertFlipsJustAfter(long seed) {
        Scenario scenario = cluster(seed, 3)
                .at(
                        10,
                        world -> world.onceAccepted(request -> {
                            world.control().kill(request.node());
                            world.flip(0);
                        }));
        Run run = keepsThePromise(scenario);

        assertThat(run.history().all(Happening.Interference.class).map(Happening.Interference::what))
                .anyMatch(what -> what.endsWith("is killed"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theWayOfOneNodeToTheReceiversIsBroken(long seed) {
        keepsThePromise(cluster(seed, 3)
                .at(10, world -> world.control().egress(1, false))
                .at(45, world -> world.control().egress(1, true)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneNodeIsCutOffFromTwo(long seed) {
        keepsThePromise(cluster(seed, 3)
                .at(20, world -> world.control().split(1))
                .at(45, world -> world.control().heal()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void fiveFallIntoThreeParts(long seed) {
        keepsThePromise(cluster(seed, 5)
                .at(20, world -> world.control().split(3))
                .at(20, world -> world.control().split(16))
                .at(50, world -> world.control().heal()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void messagesPassInOneDirectionOnly(long seed) {
        keepsThePromise(cluster(seed, 3)
                .at(20, world -> world.control().cut(0, 1))
                .at(45, world -> world.control().heal()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allAreColdAtOnce(long seed) {
        Scenario scenario = cluster(seed, 3);
        for (int i = 0; i < 3; i++) {
            int node = i;
            scenario.at(25, world -> world.control().kill(node));
            scenario.at(27, world -> world.control().start(node));
        }
        keepsThePromise(scenario);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aNodeStandsStillAcrossATick(long seed) {
        keepsThePromise(cluster(seed, 3)
                .at(20, world -> world.control().pause(0, seed % 2 == 0))
                .at(32, world -> world.control().resume(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aGranterIsBackAtOnce(long seed) {
        Scenario scenario = cluster(seed, 3);
        for (int i = 0; i < 12; i++) {
            int node = i % 3;
            scenario.at(12 + 4 * i, world -> world.control().kill(node));
            scenario.at(12.3 + 4 * i, world -> world.control().start(node));
        }
        keepsThePromise(scenario);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nodesAreRestartedOneAfterTheOther(long seed) {
        Scenario scenario = cluster(seed, 3);
        for (int i = 0; i < 3; i++) {
            int node = i;
            scenario.at(12 + 14 * i, world -> world.control().stop(node));
            scenario.at(18 + 14 * i, world -> world.control().start(node));
        }
        keepsThePromise(scenario);
    }

    @ParameterizedTest
    @CsvSource({"REFUSES,1", "DOWN,2", "HANGS,3", "LATE,4", "SLOW,5", "MUTE,6", "DIES_AFTER,7", "DIES_BEFORE,8"})
    void aReceiverBehavesBadly(Mood mood, long seed) {
        keepsThePromise(cluster(seed, 3)
                .at(12, world -> world.mood(0, mood))
                .at(20, world -> world.mood(1, mood))
                .at(35, world -> world.mood(0, Mood.GOOD))
                .at(35, world -> world.mood(1, Mood.GOOD)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aConfigurationRollsOutOverTheNodes(long seed) {
        Scenario scenario = cluster(seed, 3);
        for (int i = 0; i < 3; i++) {
            int node = i;
            scenario.at(15 + 8 * i, world -> world.control().reload(node, 1));
        }
        keepsThePromise(scenario);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void silencesAreEditedWhileNodesComeAndGo(long seed) {
        keepsThePromise(cluster(seed, 3)
                .silences(4)
                .at(20, world -> world.control().kill(0))
                .at(25, world -> world.control().start(0))
                .at(35, world -> all(world, Nodes::powerOff))
                .at(36, world -> all(world, Nodes::start)));
    }

    private interface NodeAction {
        void run(Nodes nodes, int node);
    }

    private static void all(World world, NodeAction action) {
        for (int node = 0; node < world.control().count(); node++) {
            action.run(world.control(), node);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whoSendsStandsStillAndAnotherOneTellsSomethingNewer(long seed) {
        keepsThePromise(Trial.STOPPED_WHILE_SENDING.scenario(seed, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allDieWhenARequestIsAccepted(long seed) {
        Run run = keepsThePromise(Trial.ALL_DIE.scenario(seed, Set.of()));

        assertThat(marked(run)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 11, 14, 16, 19, 21, 24})
    void whoHasGrantedIsBackAtOnceBetweenTwoThatDoNotHearEachOther(long seed) {
        keepsThePromise(Trial.GRANTER_RESTARTS.scenario(seed, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nodesThatSaidGoodbyeAreBackOnOneSideOfACut(long seed) {
        Run run = keepsThePromise(Trial.BACK_BEHIND_A_CUT.scenario(seed, Set.of()));

        assertThat(run.history().requests()).isNotEmpty();
    }

    /** An hour, in parts of the offset that clocks have in these worlds. */
    private static final double HOUR = 120;

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,-1", "4,-1"})
    void theClockOfOneNodeIsAnHourOffForHalfAMinute(long seed, int sign) {
        keepsThePromise(cluster(seed, 3)
                .at(15, world -> world.control().setClock(0, sign * HOUR))
                .at(45, world -> world.control().setClock(0, 0)));
    }
}
