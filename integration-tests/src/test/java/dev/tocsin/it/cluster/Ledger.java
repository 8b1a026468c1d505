package dev.tocsin.it.cluster;

import dev.tocsin.it.support.Sink.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When which node was killed, and which repeats that explains: a node may have to be repeated if it died between its claim
 * and the replication of the outcome. One thread.
 */
final class Ledger {
    /** How long before its request arrives a node may have claimed: one round and the way. */
    private static final Duration CLAIM = Duration.ofMillis(500);

    /** How long after the answer its outcome may still be on its way to the others, on a machine that is busy. */
    private static final Duration REPLICATION = Duration.ofSeconds(1);

    private final List<Death> deaths = new ArrayList<>();

    private record Death(int node, Instant at) {}

    /**
     * Where a repeat stands to the death of the sender of an earlier copy.
     *
     * @param what instance and state
     * @param inside whether that node died between its claim and the replication of the outcome
     * @param story for people
     */
    record Repeat(String what, boolean inside, String story) {}

    /** The node is killed now. */
    void killed(int node) {
        deaths.add(new Death(node, Instant.now()));
    }

    /** All notifications beyond the first of each instance and state. */
    List<Repeat> repeats(List<Received> received) {
        Map<String, List<Received>> told = new LinkedHashMap<>();
        for (Received one : received) {
            String instance = one.body().path("groupLabels").path("instance").asText();
            told.computeIfAbsent(instance + " " + one.status(), k -> new ArrayList<>())
                    .add(one);
        }
        List<Repeat> repeats = new ArrayList<>();
        told.forEach((what, copies) -> {
            for (int i = 1; i < copies.size(); i++) {
                repeats.add(repeat(what, copies.subList(0, i), copies.get(i)));
            }
        });
        return repeats;
    }

    private Repeat repeat(String what, List<Received> earlier, Received copy) {
        StringBuilder story = new StringBuilder();
        boolean inside = false;
        for (Received one : earlier) {
            story.append("n%d at %s; ".formatted(one.sender(), one.at()));
            for (Death death : deaths) {
                Duration after = Duration.between(one.at(), death.at);
                if (death.node == one.sender() && after.abs().compareTo(Duration.ofSeconds(30)) < 0) {
                    story.append("killed %d ms after that; ".formatted(after.toMillis()));
                    inside |= after.compareTo(CLAIM.negated()) >= 0 && after.compareTo(REPLICATION) <= 0;
                }
            }
        }
        story.append("again by n%d %d ms later%s"
                .formatted(
                        copy.sender(),
                        Duration.between(earlier.getLast().at(), copy.at()).toMillis(),
                        copy.marked() ? ", marked" : ""));
        return new Repeat(what, inside, story.toString());
    }
}
