package dev.tocsin.core.pipeline;

import dev.tocsin.core.mute.MutedFlush;
import java.util.List;

/**
 * What a flush would do. Immutable.
 *
 * @param muted what muting would leave
 * @param integrations what each integration of the receiver would hear, in the order of the configuration; empty if the
 *     receiver has none
 */
public record FlushPreview(MutedFlush muted, List<IntegrationDecision> integrations) {
    /** Copies the list. */
    public FlushPreview {
        integrations = List.copyOf(integrations);
    }
}
