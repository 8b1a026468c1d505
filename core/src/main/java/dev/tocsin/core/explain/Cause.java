package dev.tocsin.core.explain;

/** The one thing that answers "why was I, or was I not, notified?". */
public enum Cause {
    /** The receiver knows of the alert's present state; nothing is due before the repeat interval. */
    NOTIFIED,
    /** The group's timer has not ended: it gathers alerts, or waits for its next interval. */
    WAITING,
    /** The group is due and a node is about to tell it, or tells it now. */
    DUE,
    /** Another alert inhibits it. */
    INHIBITED,
    /** A silence covers it. */
    SILENCED,
    /** Its route is mute at this time, or active at other times. */
    MUTED,
    /** The receiver does not accept: attempts fail. */
    FAILING,
    /** The node may not send: it does not know what the others know, or reaches too few of them. */
    HELD,
    /** No route matches but the root, and its receiver has no integration. */
    NO_ROUTE,
    /** The receiver has no integration. */
    NO_INTEGRATION,
    /** The integration is not told about resolved alerts. */
    RESOLVED_NOT_SENT,
    /** The alert ended before anybody was told that it fired. */
    RESOLVED_BEFORE_FLUSH,
    /** The alert has ended, and the receiver was told. */
    RESOLVED,
    /** The alert was not valid. */
    REFUSED,
    /** Too many alerts of its name live. */
    LIMITED,
    /** No alert with these labels is known. */
    NOT_RECEIVED,
    /** The hub does not work yet. */
    NOT_RUNNING
}
