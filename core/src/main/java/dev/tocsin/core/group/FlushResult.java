package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a flush.
 *
 * @param ok whether every integration told what it had to tell, which may be nothing: the group forgets the resolved
 *     alerts that were flushed
 * @param mutedBy the names of the time intervals that muted the group, empty if none did, null if the flush ended
 *     before time intervals were looked at: the group keeps what it knew
 * @param suppressed the flushed alerts that inhibition or a silence took out; alerts muted by a time interval alone are
 *     not among them
 */
public record FlushResult(boolean ok, @Nullable List<String> mutedBy, List<Alert> suppressed) {
    /** Copies the lists. */
    public FlushResult {
        mutedBy = mutedBy == null ? null : List.copyOf(mutedBy);
        suppressed = List.copyOf(suppressed);
    }
}
