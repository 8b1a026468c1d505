package dev.tocsin.cluster.atomix.link;

/** How an attempt to connect ended. */
sealed interface Dialed {
    /** There is a connection; its frames go to the listener. */
    record Connected(Link link) implements Dialed {}

    /** The host answered that nothing listens there. */
    record NobodyListens() implements Dialed {}

    /** Anything else. */
    record Failed(Refusal reason, String detail) implements Dialed {}
}
