package dev.tocsin.it.sim.world;

/** What a configuration can have beyond routes, groups and intervals. */
public enum Trait {
    /** Alerts that inhibit others: see {@link Settings#inhibitor}. */
    INHIBITION,
    /** The route to the second receiver is muted during one minute of the clock. */
    QUIET_MINUTE,
    /** A route that goes on to its siblings, and a route within a route that groups by more. */
    DEEP_ROUTES,
    /** The same route, and the one that goes on to its siblings, are active before and after that minute only. */
    ACTIVE_INTERVALS
}
