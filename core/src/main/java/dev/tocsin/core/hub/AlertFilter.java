package dev.tocsin.core.hub;

import dev.tocsin.core.matcher.Matcher;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which alerts a client asks for (contract section 4.5).
 *
 * @param active whether to include alerts that nothing mutes
 * @param silenced whether to include alerts that a silence mutes
 * @param inhibited whether to include alerts that another alert inhibits
 * @param muted whether to include groups that a time interval mutes; only groups heed it
 * @param matchers all must match an alert's labels
 * @param receiver must accept the name of a receiver of the alert
 * @param receiverMatchers all must match the labels of a receiver of the alert
 */
public record AlertFilter(
        boolean active,
        boolean silenced,
        boolean inhibited,
        boolean muted,
        List<Matcher> matchers,
        Predicate<String> receiver,
        List<Matcher> receiverMatchers) {

    /** Asks for everything. */
    public static final AlertFilter ALL = new AlertFilter(true, true, true, true, List.of(), name -> true, List.of());
}
