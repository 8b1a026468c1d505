package dev.tocsin.core.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one integration has done on this node since it is configured.
 *
 * @param receiver the receiver's name
 * @param integration name and index, such as {@code webhook[0]}
 * @param waiting notifications that this node has begun and not ended: being sent, or waiting for the next attempt
 * @param delivered notifications that the receiver accepted
 * @param failed notifications that were given up for their flush
 * @param failedAttempts attempts that failed since the receiver last accepted something
 * @param failingSince when the first of them failed; null if there are none
 * @param lastDelivered when the receiver last accepted; null if it never did
 * @param lastFailed when an attempt last failed; null if none did
 * @param lastError what that attempt met, without secrets; empty if none failed
 */
public record IntegrationHealth(
        String receiver,
        String integration,
        int waiting,
        long delivered,
        long failed,
        int failedAttempts,
        @Nullable Instant failingSince,
        @Nullable Instant lastDelivered,
        @Nullable Instant lastFailed,
        String lastError) {

    /** An integration that was never used. */
    static IntegrationHealth unused(Target target) {
        return new IntegrationHealth(target.receiver(), target.name(), 0, 0, 0, 0, null, null, null, "");
    }

    /** {@code failing} if the latest attempt failed, {@code unused} if there was none, else {@code ok}. */
    public String state() {
        if (failingSince != null) {
            return "failing";
        }
        return lastDelivered == null ? "unused" : "ok";
    }

    IntegrationHealth waiting(int change) {
        return new IntegrationHealth(
                receiver,
                integration,
                Math.max(0, waiting + change),
                delivered,
                failed,
                failedAttempts,
                failingSince,
                lastDelivered,
                lastFailed,
                lastError);
    }

    IntegrationHealth accepted(Instant now) {
        return new IntegrationHealth(
                receiver, integration, waiting, delivered + 1, failed, 0, null, now, lastFailed, lastError);
    }

    IntegrationHealth attemptFailed(Instant now, String error) {
        return new IntegrationHealth(
                receiver,
                integration,
                waiting,
                delivered,
                failed,
                failedAttempts + 1,
                failingSince == null ? now : failingSince,
                lastDelivered,
                now,
                error);
    }

    IntegrationHealth givenUp() {
        return new IntegrationHealth(
                receiver,
                integration,
                waiting,
                delivered,
                failed + 1,
                failedAttempts,
                failingSince,
                lastDelivered,
                lastFailed,
                lastError);
    }
}
