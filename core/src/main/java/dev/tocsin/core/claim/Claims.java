package dev.tocsin.core.claim;

import dev.tocsin.core.runtime.Cancellable;
import java.util.function.Consumer;

/**
 * Hands out the right to notify, one holder per key at a time. Called on the hub loop only.
 */
public interface Claims {
    /**
     * Asks for the right to send one notification.
     *
     * @param answer called on the hub loop, perhaps before this method returns: with {@link ClaimAnswer.Held} any number
     *     of times, then once with {@link ClaimAnswer.Granted} or {@link ClaimAnswer.Denied}
     * @return gives up asking: no answer follows. It does nothing once the claim is granted
     */
    Cancellable claim(ClaimRequest request, Consumer<ClaimAnswer> answer);
}
