package dev.tocsin.api.service;

import java.util.List;

/**
 * Which alerts a client asks for, as it wrote it.
 *
 * @param matchers all must match; each in Alertmanager's syntax
 * @param receiver a regular expression for the whole name of one of an alert's receivers; empty for any
 * @param receiverMatchers all must match the labels of one of an alert's receivers
 * @param active whether to include alerts that nothing keeps quiet
 * @param silenced whether to include alerts that a silence keeps quiet
 * @param inhibited whether to include alerts that another alert keeps quiet
 * @param muted whether to include groups that a time interval mutes; only groups heed it
 */
public record AlertQuery(
        List<String> matchers,
        String receiver,
        List<String> receiverMatchers,
        boolean active,
        boolean silenced,
        boolean inhibited,
        boolean muted) {
    /** Asks for everything. */
    public static final AlertQuery ALL = new AlertQuery(List.of(), "", List.of(), true, true, true, true);

    /** Copies the lists. */
    public AlertQuery {
        matchers = List.copyOf(matchers);
        receiverMatchers = List.copyOf(receiverMatchers);
    }
}
