package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import java.util.List;

/**
 * What came of a flush of this node, for {@link Turns}.
 *
 * @param tickNanos when the group was due: a reading of {@code Clock.nanoTime()}
 * @param ok whether everybody knows what there was to know
 * @param over whether the group has ended with this flush
 * @param removed the alerts that were told as resolved and left the group
 */
public record GroupTurn(long tickNanos, boolean ok, boolean over, List<Alert> removed) {
    /** Copies the list. */
    public GroupTurn {
        removed = List.copyOf(removed);
    }
}
