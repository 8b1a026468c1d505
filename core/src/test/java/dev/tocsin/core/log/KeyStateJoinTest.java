package dev.tocsin.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Joins of what several nodes may have written. A history is made as nodes make it: each claim knows of what its node knew
 * and ends as an entry or as a maybe; now and then two nodes tell each other everything.
 */
class KeyStateJoinTest {
    private static final int NODES = 3;

    /** What was written in a history: entries and maybes, in the order of their making. */
    record History(List<Object> changes) {}

    @Provide
    Arbitrary<History> histories() {
        return Arbitraries.randomValue(KeyStateJoinTest::history);
    }

    private static History history(Random random) {
        List<Object> changes = new ArrayList<>();
        KeyState[] nodes = new KeyState[NODES];
        List<List<Object>> seen = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes[i] = KeyState.EMPTY;
            seen.add(new ArrayList<>());
        }
        long counter = 0;
        int maybes = 0;
        for (int step = random.nextInt(14); step >= 0; step--) {
            int node = random.nextInt(NODES);
            if (random.nextInt(4) == 0) {
                int other = random.nextInt(NODES);
                for (Object change : List.copyOf(seen.get(other))) {
                    nodes[node] = apply(nodes[node], change);
                    seen.get(node).add(change);
                }
                continue;
            }
            String alerts = "abc".substring(random.nextInt(3));
            ClaimId id = new ClaimId(node + 1, 1, ++counter);
            long sequence = nodes[node].nextSequence(Entries.hashes(alerts), AlertHashes.EMPTY, Entries.NOW);
            ClaimContent claim = Entries.claim(id, sequence, nodes[node].known(), alerts, "", Entries.NOW);
            Object change = claim;
            if (random.nextBoolean() || maybes == KeyState.MAX_MAYBES) {
                change = Entries.entry(sequence, claim.version(), alerts, "", Entries.NOW, node + 1);
            } else {
                maybes++;
            }
            nodes[node] = apply(nodes[node], change);
            seen.get(node).add(change);
            changes.add(change);
        }
        return new History(changes);
    }

    private static KeyState apply(KeyState state, Object change) {
        return change instanceof LogEntry entry ? state.mergeEntry(entry) : state.addMaybe((ClaimContent) change);
    }

    private static KeyState join(List<Object> changes) {
        KeyState state = KeyState.EMPTY;
        for (Object change : changes) {
            state = apply(state, change);
        }
        return state;
    }

    private static List<Object> remains(KeyState state) {
        List<Object> remains = new ArrayList<>(state.heads());
        remains.addAll(state.maybes());
        return remains;
    }

    @Property
    void anyOrderLeavesTheSameHeadsAndMaybes(@ForAll("histories") History history, @ForAll Random random) {
        List<Object> shuffled = new ArrayList<>(history.changes());
        Collections.shuffle(shuffled, random);

        assertThat(remains(join(shuffled))).isEqualTo(remains(join(history.changes())));
    }

    @Property
    void whatArrivesAgainChangesNothing(@ForAll("histories") History history, @ForAll Random random) {
        KeyState state = join(history.changes());
        List<Object> again = new ArrayList<>(history.changes());
        Collections.shuffle(again, random);

        for (Object change : again) {
            assertThat(apply(state, change)).isEqualTo(state);
        }
    }

    @Property
    void partsThatWereJoinedApartJoinToTheWhole(@ForAll("histories") History history, @ForAll Random random) {
        List<Object> left = new ArrayList<>();
        List<Object> right = new ArrayList<>();
        history.changes().forEach(change -> (random.nextBoolean() ? left : right).add(change));
        List<Object> joined = new ArrayList<>(remains(join(left)));
        joined.addAll(remains(join(right)));
        Collections.shuffle(joined, random);

        assertThat(remains(join(joined))).isEqualTo(remains(join(history.changes())));
    }

    @Property
    void noHeadKnowsOfAnotherAndNoMaybeIsKnown(@ForAll("histories") History history) {
        KeyState state = join(history.changes());

        for (LogEntry head : state.heads()) {
            assertThat(state.heads())
                    .filteredOn(other -> !other.equals(head))
                    .noneMatch(other -> other.version().atMost(head.version()));
            assertThat(state.maybes()).noneMatch(maybe -> maybe.version().atMost(head.version()));
        }
    }

    @Property
    void aClaimKnowsOfEverythingThatIsThere(@ForAll("histories") History history) {
        KeyState state = join(history.changes());
        LogEntry next = Entries.entry(
                state.nextSequence(AlertHashes.EMPTY, AlertHashes.EMPTY, Entries.NOW),
                state.known().with(9, 1),
                "",
                "",
                Entries.NOW,
                9);

        assertThat(remains(state.mergeEntry(next))).containsExactly(next);
        assertThat(state.heads()).allMatch(head -> head.sequence() < next.sequence());
    }

    @Property
    void vectorsJoinToTheirLeastUpperBound(@ForAll("vectors") VersionVector a, @ForAll("vectors") VersionVector b) {
        VersionVector joined = a.join(b);

        assertThat(a.atMost(joined) && b.atMost(joined)).isTrue();
        assertThat(joined).isEqualTo(b.join(a)).isEqualTo(joined.join(a));
        for (long node = 1; node <= 5; node++) {
            assertThat(joined.counter(node)).isEqualTo(Math.max(a.counter(node), b.counter(node)));
        }
        assertThat(a.atMost(b)).isEqualTo(joined.equals(b));
    }

    @Provide
    Arbitrary<VersionVector> vectors() {
        return Arbitraries.maps(
                        Arbitraries.longs().between(1, 5), Arbitraries.longs().between(1, 4))
                .map(counters -> {
                    VersionVector version = VersionVector.EMPTY;
                    for (var one : counters.entrySet()) {
                        version = version.with(one.getKey(), one.getValue());
                    }
                    return version;
                });
    }
}
