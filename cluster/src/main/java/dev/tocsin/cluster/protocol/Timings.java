package dev.tocsin.cluster.protocol;

import java.time.Duration;

/**
 * The protocol's constants. They depend on each other; those that do not fit together are refused.
 *
 * @param ping the time between two heartbeats to a peer
 * @param suspect a peer that is silent this long is not live
 * @param claimRound how long a claimant waits for answers
 * @param renew the time between two renewals of a node's claims
 * @param holderLease how long a claim lasts for its holder, counted from before the question was sent
 * @param granterLease how long a claim lasts for those that granted it
 * @param abort how long the end of a lease may take to close the request's socket
 * @param pause a hub loop that stood still this long makes its node cold
 * @param abstain a node that started less than this long ago grants nothing
 * @param reask the time between two questions of a claim that lacks a quorum
 * @param minorityWait how long a claim without a quorum is held, counted from when its group was due
 * @param nudge the age at which a standby asks the owner of a due group
 * @param escalate the age at which a standby flushes a due group itself
 * @param join how long a cold node waits for a warm one if its disk is not empty
 * @param joinEmpty the same if its disk is empty and it has peers
 * @param known how long a member counts as known after it was last seen
 * @param resend the time between two sendings of a message that was not acknowledged
 * @param exchange the time between two digest exchanges with a random peer
 */
public record Timings(
        Duration ping,
        Duration suspect,
        Duration claimRound,
        Duration renew,
        Duration holderLease,
        Duration granterLease,
        Duration abort,
        Duration pause,
        Duration abstain,
        Duration reask,
        Duration minorityWait,
        Duration nudge,
        Duration escalate,
        Duration join,
        Duration joinEmpty,
        Duration known,
        Duration resend,
        Duration exchange) {

    /** What the protocol was proven with. */
    public static final Timings DEFAULTS = new Timings(
            Duration.ofMillis(250),
            Duration.ofMillis(1200),
            Duration.ofMillis(250),
            Duration.ofMillis(700),
            Duration.ofMillis(2500),
            Duration.ofMillis(3000),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            Duration.ofSeconds(45),
            Duration.ofSeconds(2),
            Duration.ofSeconds(8),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(30));

    /** Checks that the constants fit together. */
    public Timings {
        Duration drift = holderLease.dividedBy(100);
        check(holderLease.plus(abort).plus(drift).compareTo(granterLease) < 0, "the holder's lease must end first");
        check(
                renew.multipliedBy(3).plus(claimRound).compareTo(holderLease) < 0,
                "a lease must survive the loss of two renewals");
        check(pause.compareTo(holderLease) < 0, "a pause must be noticed within the lease");
        check(abstain.compareTo(granterLease) >= 0, "a restarted node must outwait the promises it forgot");
        check(
                abstain.compareTo(holderLease.plus(suspect).plus(drift)) >= 0,
                "a restarted node must outwait the leases of those that still count it as dead");
        check(
                escalate.compareTo(granterLease.plus(suspect).plus(claimRound.multipliedBy(2))) > 0,
                "a standby must outwait the owner's lease");
        check(
                minorityWait.compareTo(granterLease.plus(suspect).multipliedBy(2)) >= 0,
                "the minority wait must outlast the other side's leases");
        check(nudge.compareTo(claimRound.multipliedBy(4)) > 0, "a nudge must leave time for claims");
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("timings do not fit together: " + message);
        }
    }

    /** These constants with another minority wait. */
    public Timings withMinorityWait(Duration wait) {
        return new Timings(
                ping,
                suspect,
                claimRound,
                renew,
                holderLease,
                granterLease,
                abort,
                pause,
                abstain,
                reask,
                wait,
                nudge,
                escalate,
                join,
                joinEmpty,
                known,
                resend,
                exchange);
    }
}
