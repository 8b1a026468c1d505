package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.TakeOver;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Part;
import dev.tocsin.cluster.protocol.PromisedGroups;
import dev.tocsin.core.claim.ClaimAnswer;
import dev.tocsin.core.claim.ClaimRequest;
import dev.tocsin.core.claim.Claims;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.runtime.Cancellable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The right to notify among the nodes of a cluster: granted by a majority of those that count, one holder at a time, under
 * a lease (PROTOCOL sections 5 and 6). This node's own claims are its {@link Claimant}'s, those of others its {@link
 * Promises}'.
 *
 * <p>Used on the hub loop only. Bounded by the flushes of all nodes that run, and by the keys of the last {@link
 * dev.tocsin.cluster.protocol.Timings#known}.
 */
public final class ClusterClaims implements Claims, Part, PromisedGroups {
    /** The time between two rounds of forgetting. */
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

    private final Shared shared;
    private final Claimant claimant;
    private final Promises promises;
    private Cancellable housekeeping = Cancellable.NONE;

    /**
     * Nothing is claimed or promised.
     *
     * @param log hears of outcomes that others tell, and of claims whose outcome nobody knows
     * @param tie what exactly half of the nodes do
     */
    public ClusterClaims(ClusterContext context, Members members, Courier courier, NotificationLog log, Tie tie) {
        this.shared = new Shared(context, members, courier, log, tie);
        this.claimant = new Claimant(shared);
        this.promises = new Promises(shared, claimant);
        log.listen(new NotificationLog.Listener() {
            @Override
            public void recorded(LogEntry entry) {
                learnt(entry);
            }

            @Override
            public void merged(LogEntry entry) {
                learnt(entry);
            }

            @Override
            public void merged(ClaimContent maybe) {
                claimant.learnt(maybe.key());
            }

            @Override
            public void refused(ClaimContent claim) {
                claimant.learntRefused(claim);
            }
        });
        members.listen(new Members.Listener() {
            @Override
            public void changed() {
                promises.membersChanged();
                claimant.membersChanged();
            }

            @Override
            public void restarted(String peer, int incarnation) {
                promises.membersChanged();
            }
        });
        keepHouse();
    }

    private void learnt(LogEntry entry) {
        promises.learnt(entry);
        claimant.learnt(entry.key());
    }

    private void keepHouse() {
        shared.forgetIdle();
        housekeeping = shared.context.loop().schedule(HOUSEKEEPING, this::keepHouse);
    }

    /** Forgets nothing any more. Claims that run go on. */
    public void stop() {
        housekeeping.cancel();
    }

    @Override
    public Cancellable claim(ClaimRequest request, Consumer<ClaimAnswer> answer) {
        return claimant.claim(request, answer);
    }

    /** Whether another node is known to ask or to send for the key at present. */
    public boolean isPromised(LogKey key) {
        KeyClaims claims = shared.find(key);
        return claims != null && claims.promise != null;
    }

    @Override
    public boolean promised(String groupKey, String receiver) {
        return promises.isPromised(groupKey, receiver);
    }

    @Override
    public void listen(PromisedGroups.Listener listener) {
        promises.listen(listener);
    }

    /**
     * {@inheritDoc}
     *
     * <p>It also reads {@link TakeOver}s, to know who has tried already, and leaves them to the next part.
     */
    @Override
    public boolean take(String peer, Envelope message) {
        try {
            switch (message.getBodyCase()) {
                case CLAIM -> promises.claimed(peer, message.getClaim());
                case CLAIM_ANSWER -> claimant.answered(peer, message.getClaimAnswer());
                case RENEW -> promises.renewed(peer, message.getRenew());
                case RENEW_ANSWER -> claimant.renewals().answered(peer, message.getRenewAnswer());
                case RELEASE -> promises.released(message.getRelease());
                case TAKE_OVER -> {
                    TakeOver over = message.getTakeOver();
                    LogKey key =
                            new LogKey(over.getGroupKey(), over.getReceiver(), over.getIntegration(), over.getIndex());
                    shared.touch(key).tried.addAll(over.getTriedList());
                    return false;
                }
                default -> {
                    return false;
                }
            }
        } catch (IOException e) {
            shared.context.unreadable().note(peer, e);
        }
        return true;
    }
}
