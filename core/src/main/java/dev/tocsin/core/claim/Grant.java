package dev.tocsin.core.claim;

import dev.tocsin.core.runtime.Cancellable;

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
     * Whether what is sent may repeat what another node has sent, because not enough nodes could be asked. The
     * notification has to say so.
     */
    boolean doubtful();

    /**
     * Calls {@code lapsed} on the hub loop if the lease ends before the release: a request under way must be closed at
     * once, and its outcome is unknown unless its answer was read.
     *
     * @return stops listening
     */
    Cancellable onLapse(Runnable lapsed);

    /** Gives the right back. The second call does nothing. */
    void release(Release how);
}
