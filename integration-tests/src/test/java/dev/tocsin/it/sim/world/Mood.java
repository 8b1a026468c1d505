package dev.tocsin.it.sim.world;

/** How a receiver behaves. */
public enum Mood {
    /** Accepts and says so at once. */
    GOOD,
    /** Answers 500. */
    REFUSES,
    /** Nothing listens. */
    DOWN,
    /** Takes the request and neither acts on it nor answers. */
    HANGS,
    /** Acts on the request and says so seconds later. */
    LATE,
    /** Acts on the request after seconds and says so then. */
    SLOW,
    /** Acts on the request and never answers. */
    MUTE,
    /** Acts on the request and dies before it answers. */
    DIES_AFTER,
    /** Takes the request and dies before it acts on it. */
    DIES_BEFORE,
    /** Acts on the request, dies before it answers, and stays away. */
    DIES_FOR_GOOD
}
