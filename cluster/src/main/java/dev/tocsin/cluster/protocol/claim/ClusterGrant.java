package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.runtime.Cancellable;
import org.jspecify.annotations.Nullable;

/** The right to notify that a quorum gave. Used on the hub loop only. */
final class ClusterGrant implements Grant {
    private final Attempt attempt;
    private final Claimant claimant;
    private final Leases leases;
    private final Succession succession;
    private final String doubt;

    /** @param doubt why this may repeat what another node has told; empty if it cannot */
    ClusterGrant(Attempt attempt, Claimant claimant, Leases leases, Succession succession, String doubt) {
        this.attempt = attempt;
        this.claimant = claimant;
        this.leases = leases;
        this.succession = succession;
        this.doubt = doubt;
    }

    @Override
    public boolean maySend() {
        return leases.maySend(attempt);
    }

    @Override
    public String doubt() {
        return doubt;
    }

    @Override
    public Cancellable onLapse(Runnable lapsed) {
        return attempt.onLapse(lapsed);
    }

    @Override
    public void release(Release how) {
        claimant.release(attempt, how);
    }

    @Override
    public boolean hasSuccessor() {
        return succession.next() != null;
    }

    @Override
    public @Nullable String handOver() {
        return succession.handOver();
    }
}
