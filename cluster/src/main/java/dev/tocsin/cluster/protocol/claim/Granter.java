package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.VersionVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a node answers another one's claim: a pure function (PROTOCOL section 6, rows 1 to 6). */
final class Granter {
    private Granter() {}

    /** How far a claim has come. */
    enum Phase {
        /** It waits for its quorum; nothing was sent. */
        ASKING,
        /** The same, and its holder has said that it asks once more before it sends: its end leaves no doubt. */
        HOLDING,
        /** It had its quorum once; a request may be under way. */
        SENDING
    }

    /**
     * Someone else's claim.
     *
     * @param maybes claims whose outcome its node did not know when it decided
     * @param betterRanked whether its node comes before this node for the group; it counts only while this node asks, too,
     *     or if promises are not exclusive
     */
    record Asked(ClaimContent content, List<ClaimId> maybes, Phase phase, boolean betterRanked) {}

    /**
     * What this node knows of the key.
     *
     * @param log what the log knows now
     * @param promised the claim that this node has promised the key to; null if there is none that still counts
     * @param own the phase of this node's own claim; null if it has none
     * @param ownId the id of this node's own claim; null if it has none
     * @param released whether the claim has ended already: its question was late
     * @param abstains why this node grants nothing at present; null if it does
     * @param exclusive whether a granted claim is never pre-empted
     */
    record Situation(
            KeyState log,
            @Nullable ClaimId promised,
            @Nullable Phase own,
            @Nullable ClaimId ownId,
            boolean released,
            @Nullable String abstains,
            boolean exclusive) {}

    /** What the granter says. */
    sealed interface Decision {
        /**
         * Granted.
         *
         * @param withdrawsOwn whether this node gives up its own claim for it
         */
        record Grant(boolean withdrawsOwn) implements Decision {}

        /** Neither nor. */
        record Abstain(String reason) implements Decision {}

        /** The claimant does not know what has happened. */
        record News(List<LogEntry> heads, List<ClaimContent> maybes) implements Decision {}

        /** The key is promised to another claim. */
        record Taken(ClaimId holder) implements Decision {}
    }

    static Decision decide(Asked asked, Situation here) {
        VersionVector knows = asked.content().version();
        List<LogEntry> heads = unknownHeads(here.log(), knows, asked.maybes());
        List<ClaimContent> maybes =
                unknownMaybes(here.log(), knows, asked.content().id());
        if (!heads.isEmpty()) {
            return new Decision.News(heads, maybes);
        }
        if (here.released()) {
            return new Decision.Abstain("the claim has ended already");
        }
        if (here.abstains() != null) {
            return new Decision.Abstain(here.abstains());
        }
        ClaimId promised = here.promised();
        if (promised != null && !promised.equals(asked.content().id())) {
            if (here.exclusive() || !asked.betterRanked()) {
                return new Decision.Taken(promised);
            }
        }
        boolean withdraws = false;
        if (here.own() != null && here.ownId() != null) {
            withdraws = here.own() == Phase.ASKING && (asked.phase() == Phase.SENDING || asked.betterRanked());
            if (!withdraws && (here.exclusive() || !asked.betterRanked())) {
                return new Decision.Taken(here.ownId());
            }
        }
        if (asked.phase() != Phase.SENDING && !maybes.isEmpty()) {
            return new Decision.News(List.of(), maybes);
        }
        return new Decision.Grant(withdraws);
    }

    /**
     * The heads that a claimant that knows of this much has not heard of, or that tell the outcome of what is a maybe to it.
     */
    static List<LogEntry> unknownHeads(KeyState log, VersionVector knows, List<ClaimId> maybes) {
        if (log.heads().isEmpty()) {
            return List.of();
        }
        return log.heads().stream()
                .filter(head ->
                        !head.version().atMost(knows) || maybes.stream().anyMatch(maybe -> tellsOutcome(head, maybe)))
                .toList();
    }

    /** Whether a head tells what became of a claim. */
    static boolean tellsOutcome(KeyState log, ClaimId claim) {
        return log.heads().stream().anyMatch(head -> tellsOutcome(head, claim));
    }

    private static boolean tellsOutcome(LogEntry head, ClaimId claim) {
        return head.version().counter(claim.node()) >= claim.counter();
    }

    /** The same for maybes; a claim knows of itself. */
    static List<ClaimContent> unknownMaybes(KeyState log, VersionVector knows, ClaimId self) {
        if (log.maybes().isEmpty()) {
            return List.of();
        }
        return log.maybes().stream()
                .filter(maybe -> !maybe.version().atMost(knows) && !maybe.id().equals(self))
                .toList();
    }
}
