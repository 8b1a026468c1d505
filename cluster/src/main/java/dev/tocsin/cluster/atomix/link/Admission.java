package dev.tocsin.cluster.atomix.link;

import org.jspecify.annotations.Nullable;

/** Decides on the hub loop who may come in. */
interface Admission {
    /**
     * A peer that knows the label opened a connection. If it may, the link counts from now on; {@link LinkListener#closed}
     * will tell of its end.
     *
     * @return why not, or null
     */
    @Nullable Refusal admit(Link link);

    /**
     * A connection failed before its peer was known, or was not admitted.
     *
     * @param remote the other side's IP address
     */
    void turnedAway(String remote, Refusal reason, String detail);
}
