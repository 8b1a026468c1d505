package dev.tocsin.core.claim;

import dev.tocsin.core.runtime.Cancellable;
import org.jspecify.annotations.Nullable;

/** The right to notify, as long as its lease lasts. Used on the hub loop only. */
public interface Grant {
    /** How a claim ended. */
    enum Release {
        /** The receiver accepted and the log has the entry. */
        RECORDED,
        /** The receiver certainly did not act on anything that was sent. */
        NOT_SENT,
        /** Nobody knows. */
        UNKNOWN
    }

    /** Whether a request may be started now. To be asked before every attempt. */
    boolean maySend();

    /**
     * Why what is sent may repeat what another node has sent, as when not enough nodes could be asked, for people. Then the
     * notification has to say that it may be a repeat. Empty if there is no such doubt.
     */
    String doubt();

    /**
     * Calls {@code lapsed} on the hub loop if the lease ends before the release: a request under way must be closed at
     * once, and its outcome is unknown unless its answer was read.
     *
     * @return stops listening
     */
    Cancellable onLapse(Runnable lapsed);

    /** Gives the right back. The second call does nothing. */
    void release(Release how);

    /** Whether {@link #handOver} would find another node whose way to the receiver may work. */
    boolean hasSuccessor();

    /**
     * Asks the next node to notify, because this node's way to the receiver is broken. To be called after the release.
     *
     * @return the next node's name, or null if all have tried
     */
    @Nullable String handOver();
}
