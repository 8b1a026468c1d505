package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Renew;
import dev.tocsin.cluster.proto.RenewAnswer;
import dev.tocsin.cluster.protocol.Moment;
import dev.tocsin.core.log.ClaimId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renews the leases of all claims that this node sends for, with one message per peer and round (PROTOCOL sections 2 and
 * 5). A renewal needs the same quorum as the claim. Used on the hub loop only.
 */
final class Renewals {
    static final int FIRST_ROUND = 1 << 20;

    private final Shared shared;
    private final Map<ClaimId, Attempt> sending = new LinkedHashMap<>();
    /** By peer the digest of the list that it is known to have. */
    private final Map<String, Long> listed = new HashMap<>();

    private boolean running;
    /** Far from the rounds of first questions, so that nobody takes an answer to one for an answer to the other. */
    private int round = FIRST_ROUND;

    private long digest;
    private Moment start;

    Renewals(Shared shared) {
        this.shared = shared;
        this.start = Moment.now(shared.context.clock());
    }

    void begin(Attempt attempt) {
        sending.put(attempt.id(), attempt);
        if (!running) {
            running = true;
            shared.context.loop().schedule(shared.context.timings().renew(), this::tick);
        }
    }

    void end(Attempt attempt) {
        sending.remove(attempt.id());
    }

    private void tick() {
        if (sending.isEmpty()) {
            running = false;
            return;
        }
        round++;
        start = Moment.now(shared.context.clock());
        digest = OpenClaims.digest(sending.keySet());
        Set<String> peers = shared.others();
        boolean votes = !shared.hasJustStarted() || shared.members.known().size() == 1;
        for (Attempt attempt : sending.values()) {
            Question renewal = new Question(round, start, false, peers);
            if (votes) {
                renewal.granted(shared.members.self());
            }
            attempt.renewals.add(renewal);
        }
        listed.keySet().retainAll(peers);
        for (String peer : peers) {
            Long known = listed.get(peer);
            ask(peer, known == null || known != digest);
        }
        int asked = round;
        shared.context.loop().schedule(shared.context.timings().claimRound(), () -> conclude(asked));
        shared.context.loop().schedule(shared.context.timings().renew(), this::tick);
    }

    private void ask(String peer, boolean withList) {
        Renew.Builder renew = Renew.newBuilder()
                .setIncarnation(shared.context.incarnation())
                .setRound(round)
                .setDigest(digest);
        if (withList) {
            renew.setOpenListed(true);
            for (Attempt attempt : sending.values()) {
                if (attempt.renewals.find(round) != null) {
                    renew.addOpen(ClaimMessages.write(attempt.id()));
                }
            }
        }
        shared.courier.send(peer, Envelope.newBuilder().setRenew(renew));
    }

    /** A peer's answer to a round. */
    void answered(String peer, RenewAnswer answer) {
        boolean late = answer.getRound() != round;
        if (answer.getListWanted()) {
            if (!late) {
                listed.remove(peer);
                ask(peer, true);
            }
            return;
        }
        if (!late) {
            listed.put(peer, digest);
        }
        Set<ClaimId> refused = new HashSet<>();
        answer.getRefusedList().forEach(id -> refused.add(ClaimMessages.read(id)));
        for (Attempt attempt : List.copyOf(sending.values())) {
            Question renewal = attempt.renewals.find(answer.getRound());
            if (renewal == null) {
                continue; // it was granted after this round began
            }
            if (refused.contains(attempt.id())) {
                // the peer may only have forgotten, or never have heard of it: it gets the whole claim
                shared.courier.send(
                        peer,
                        shared.messages.claim(
                                attempt.content(),
                                List.of(),
                                answer.getRound(),
                                Granter.Phase.SENDING,
                                attempt.age(shared.context.clock())));
            } else if (!answer.getAbstained()) {
                renewal.granted(peer);
                renew(attempt, renewal);
            }
        }
    }

    /** A peer's answer to a whole claim that renews. */
    void answered(Attempt attempt, String peer, int answeredRound, boolean granted) {
        Question renewal = attempt.renewals.find(answeredRound);
        if (granted && renewal != null) {
            renewal.granted(peer);
            renew(attempt, renewal);
        }
    }

    private void conclude(int asked) {
        for (Attempt attempt : List.copyOf(sending.values())) {
            Question renewal = attempt.renewals.find(asked);
            if (renewal != null) {
                renew(attempt, renewal);
            }
        }
    }

    private void renew(Attempt attempt, Question renewal) {
        if (renewal.start().nanos() - attempt.leaseFrom.nanos() > 0
                && shared.count(renewal, attempt).suffices()) {
            attempt.leaseFrom = renewal.start();
        }
    }
}
