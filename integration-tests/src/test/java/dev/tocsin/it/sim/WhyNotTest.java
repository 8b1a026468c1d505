package dev.tocsin.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.explain.Cause;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.LastNotification;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.it.sim.world.Mood;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.SimConfigs;
import dev.tocsin.it.sim.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Why was I not notified?", asked for every reason that there is, of every node, and again when the one that sent is dead. */
class WhyNotTest {
    private static final AlertSource SCRIPT = new AlertSource("203.0.113.9", "curl/8");
    private static final int NODES = 3;
    private static final int FIRST_ROUND = 65;
    private static final int SECOND_ROUND = 95;

    /** Nine alerts in eight teams: a8 is in a0's group. */
    private static Settings settings() {
        return new Settings(NODES, true, Set.of(), 2, true, 8, 9, 0, 500, 1_000, 5_000, 3_600_000, 15_000, Set.of());
    }

    private static final LabelSet REFUSED = LabelSet.of("alertname", "Refused", "instance", "a20");
    private static final LabelSet LIMITED = LabelSet.of("alertname", "Down", "instance", "a21", "team", "t4");
    private static final LabelSet UNKNOWN = LabelSet.of("alertname", "Unknown", "team", "t2");

    private final Map<String, Explanation> answers = new TreeMap<>();
    private @Nullable String sender;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyNodeKnowsWhy(long seed) {
        Scenario scenario = new Scenario(seed, settings(), 105_000);
        for (int node = 0; node < NODES; node++) {
            int which = node;
            scenario.at(4, world -> world.control().reload(which, SimConfigs.REASONS));
        }
        scenario.at(5, world -> world.mood(2, Mood.DOWN));
        scenario.at(8, WhyNotTest::silenceTeam2);
        for (int alert = 0; alert < 9; alert++) {
            int which = alert;
            scenario.at(10, world -> world.flip(which));
        }
        scenario.at(13, world -> world.flip(7));
        scenario.at(30, world -> {
            for (int node = 0; node < NODES; node++) {
                post(world, node, REFUSED, Duration.ofSeconds(-20));
                // with the eight that fire the limit is reached
                for (int more = 18; more < 20; more++) {
                    LabelSet labels = LabelSet.of("alertname", "Down", "instance", "a" + more, "team", "t4");
                    post(world, node, labels, Duration.ofHours(1));
                }
            }
        });
        scenario.at(32, world -> {
            for (int node = 0; node < NODES; node++) {
                post(world, node, LIMITED, Duration.ofHours(1));
                world.ask(node, hub -> hub.configRead("the configuration file a.yml was refused"));
            }
        });
        scenario.at(FIRST_ROUND, world -> askAll(world, FIRST_ROUND));
        scenario.at(FIRST_ROUND + 5, this::killSender);
        scenario.at(SECOND_ROUND, world -> askAll(world, SECOND_ROUND));
        scenario.run();

        check(FIRST_ROUND, NODES);
        check(SECOND_ROUND, NODES - 1);
    }

    private static void silenceTeam2(World world) {
        world.ask(
                0,
                hub -> hub.silences()
                        .set(new Silences.Draft(
                                "",
                                List.of(new Silences.MatcherDraft("team", "t2", false, true)),
                                null,
                                Instant.parse("2100-01-01T00:00:00Z"),
                                "me",
                                "works",
                                Map.of())));
    }

    private static void post(World world, int node, LabelSet labels, Duration fires) {
        Instant start = Instant.parse("2026-01-02T03:00:00Z");
        Instant end = fires.isNegative() ? start.plus(fires) : Instant.parse("2100-01-01T00:00:00Z");
        PostedAlert posted = new PostedAlert(
                labels, LabelSet.EMPTY, start.atOffset(ZoneOffset.UTC), end.atOffset(ZoneOffset.UTC), "");
        world.ask(node, hub -> hub.ingest(List.of(posted), SCRIPT));
    }

    private void askAll(World world, int round) {
        for (int node = 0; node < NODES; node++) {
            for (int alert = 0; alert < 9; alert++) {
                ask(world, round, node, "a" + alert, world.labels(alert));
            }
            ask(world, round, node, "refused", REFUSED);
            ask(world, round, node, "limited", LIMITED);
            ask(world, round, node, "unknown", UNKNOWN);
        }
    }

    private void ask(World world, int round, int node, String what, LabelSet labels) {
        String key = round + " " + what + " n" + (node + 1);
        world.ask(
                node, hub -> hub.explain(Question.of(labels)).thenAccept(explanation -> answers.put(key, explanation)));
    }

    /** The node that told of a4 dies. */
    private void killSender(World world) {
        Explanation answer = Objects.requireNonNull(answers.get(FIRST_ROUND + " a4 n1"));
        assertThat(answer.groups())
                .as("groups of a4: %s %s", answer.sentence(), answer.history())
                .isNotEmpty();
        LastNotification last =
                answer.groups().getFirst().integrations().getFirst().last();
        if (last == null) {
            throw new AssertionError("n1 does not know who told of a4: " + answer.sentence());
        }
        sender = last.node();
        world.control().kill(Integer.parseInt(last.node().substring(1)) - 1);
    }

    private void check(int round, int nodes) {
        expect(round, nodes, "a0", Cause.NOTIFIED, "no route below the root matches, so it goes to receiver first");
        expect(
                round,
                nodes,
                "a1",
                Cause.MUTED,
                "receiver second is not notified: inside the mute time interval always");
        expect(round, nodes, "a2", Cause.SILENCED, "of me (\"works\") until ");
        expect(round, nodes, "a3", Cause.INHIBITED, "through inhibition rule \"four\"");
        expect(round, nodes, "a4", Cause.NOTIFIED, "receiver first was notified by " + sender + " at ");
        expect(round, nodes, "a5", Cause.FAILING, "receiver third could not be notified by n");
        expect(round, nodes, "a6", Cause.WAITING, "(group_wait 10m)");
        expect(round, nodes, "a7", Cause.RESOLVED_BEFORE_FLUSH, "before its group was due");
        expect(round, nodes, "refused", Cause.REFUSED, "start time must be before end time");
        expect(round, nodes, "limited", Cause.LIMITED, "not stored: the limit of 10 alerts of one name is reached");
        expect(
                round,
                nodes,
                "unknown",
                Cause.NOT_RECEIVED,
                "nobody has posted it; if it fired now: receiver second is not");
        expect(round, nodes, "a4", Cause.NOTIFIED, "; but the configuration file a.yml was refused");
    }

    private void expect(int round, int nodes, String what, Cause cause, String text) {
        int asked = 0;
        for (int node = 1; node <= NODES; node++) {
            String key = round + " " + what + " n" + node;
            Explanation answer = answers.get(key);
            if (answer != null) {
                asked++;
                assertThat(answer.cause())
                        .as("%s: %s %s", key, answer.sentence(), answer.history())
                        .isEqualTo(cause);
                assertThat(answer.sentence()).as(key).contains(text);
            }
        }
        assertThat(asked)
                .as("nodes that answered about %s in round %s", what, round)
                .isEqualTo(nodes);
    }
}
