package dev.tocsin.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

/** Which node comes first for which group. */
class RendezvousTest {
    @Test
    void groupsAreSharedOutEvenly() {
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 6000; i++) {
            String first = Rendezvous.rank(List.of("node-1", "node-2", "node-3"), "{}:{n=\"" + i + "\"}")
                    .getFirst();
            shares.merge(first, 1, Integer::sum);
        }
        assertThat(shares.values())
                .hasSize(3)
                .allSatisfy(share -> assertThat(share).isBetween(1850, 2150));
    }

    @Property(tries = 200)
    void theOrderOfTheOthersDoesNotChangeWhenOneLeaves(
            @ForAll @Size(min = 2, max = 7) @UniqueElements List<@AlphaChars String> nodes, @ForAll String groupKey) {
        List<String> all = Rendezvous.rank(nodes, groupKey);
        assertThat(new Rendezvous.Candidates(nodes).first(groupKey)).isEqualTo(all.getFirst());
        for (String leaver : nodes) {
            List<String> left =
                    nodes.stream().filter(node -> !node.equals(leaver)).toList();
            assertThat(Rendezvous.rank(left, groupKey))
                    .isEqualTo(all.stream().filter(node -> !node.equals(leaver)).toList());
        }
    }
}
