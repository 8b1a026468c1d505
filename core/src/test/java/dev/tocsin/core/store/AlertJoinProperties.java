package dev.tocsin.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** However news of an alert travels, nodes that have heard the same know the same. */
class AlertJoinProperties {
    private static final Instant ZERO = Instant.parse("2026-01-02T03:04:05Z");
    private static final AsOf NOW = new AsOf(ZERO.plusSeconds(100));

    /** A post at some second to some node. */
    record Post(int second, int node, int source, boolean fires) {}

    /** What three nodes made of the posts that reached each. */
    private static List<StoredAlert> states(List<Post> posts) {
        @Nullable StoredAlert[] nodes = new StoredAlert[3];
        List<Post> inOrder = new ArrayList<>(posts);
        inOrder.sort((a, b) -> Integer.compare(a.second, b.second));
        List<StoredAlert> seen = new ArrayList<>();
        for (Post post : inOrder) {
            // No two nodes hear something in the same nanosecond.
            Instant at = ZERO.plusSeconds(post.second).plusNanos(post.node);
            Instant start = ZERO.plusSeconds(post.source);
            Alert alert = post.fires ? Alerts.firing("X", start, at) : Alerts.resolved("X", start, at, at);
            Source source = post.source == 0 ? null : new Source("10.0.0." + post.source, "http://p");
            nodes[post.node] = SourceMerge.absorb(nodes[post.node], alert, source, new AsOf(at));
            seen.add(Objects.requireNonNull(nodes[post.node]));
        }
        return seen;
    }

    @Provide
    Arbitrary<List<Post>> posts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false))
                .as(Post::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .uniqueElements(post -> post.second);
    }

    private static StoredAlert joined(List<StoredAlert> states) {
        StoredAlert all = AlertJoin.alone(states.getFirst(), NOW);
        for (StoredAlert state : states) {
            all = AlertJoin.join(all, state, NOW);
        }
        return new StoredAlert(all.alert(), all.reports(), Instant.MIN, all.plainAt());
    }

    @Property(tries = 2000)
    void theOrderOfNewsDoesNotMatter(@ForAll("posts") List<Post> posts, @ForAll Random random) {
        List<StoredAlert> states = states(posts);
        List<StoredAlert> shuffled = new ArrayList<>(states);
        Collections.shuffle(shuffled, random);

        assertThat(joined(shuffled)).isEqualTo(joined(states));
    }

    @Property(tries = 2000)
    void theGroupingOfNewsDoesNotMatter(@ForAll("posts") List<Post> posts, @ForAll Random random) {
        List<StoredAlert> states = states(posts);
        List<StoredAlert> left = new ArrayList<>(List.of(states.getFirst()));
        List<StoredAlert> right = new ArrayList<>(List.of(states.getLast()));
        states.forEach(state -> (random.nextBoolean() ? left : right).add(state));

        assertThat(joined(List.of(joined(left), joined(right)))).isEqualTo(joined(states));
    }

    @Property(tries = 1000)
    void whatIsKnownChangesNothing(@ForAll("posts") List<Post> posts) {
        List<StoredAlert> states = states(posts);
        StoredAlert all = joined(states);

        for (StoredAlert state : states) {
            assertThat(AlertJoin.join(all, state, NOW)).isSameAs(all);
        }
    }

    @Property(tries = 1000)
    void itFiresIfAnySourceSaidSoLast(@ForAll("posts") List<Post> posts) {
        int[] last = {-1, -1, -1, -1};
        boolean[] fires = new boolean[4];
        for (Post post : posts) {
            if (post.second > last[post.source]) {
                last[post.source] = post.second;
                fires[post.source] = post.fires;
            }
        }
        boolean expected = false;
        boolean sources = false;
        for (int source = 1; source < 4; source++) {
            boolean counts = last[source] > last[0];
            sources |= counts;
            expected |= counts && fires[source];
        }
        if (sources) {
            assertThat(joined(states(posts)).alert().resolvedAt(NOW.now())).isEqualTo(!expected);
        }
    }
}
