package dev.tocsin.core.claim;

/** What came of a claim. */
public sealed interface ClaimAnswer {
    /** The claimant may send. It must release the grant in the end. */
    record Granted(Grant grant) implements ClaimAnswer {}

    /**
     * The claimant may not send what it asked for: the log knows more now than it did then. Decide again at once.
     *
     * @param reason for people
     */
    record Denied(String reason) implements ClaimAnswer {}

    /**
     * Nothing is decided yet; another answer follows.
     *
     * @param reason what is waited for, for people
     * @param withoutQuorum whether this node waits because it cannot ask enough others; such time is not the flush's fault
     *     and does not count towards its end
     */
    record Held(String reason, boolean withoutQuorum) implements ClaimAnswer {}
}
