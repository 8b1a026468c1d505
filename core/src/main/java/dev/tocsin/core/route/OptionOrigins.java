package dev.tocsin.core.route;

/**
 * Where a route node has its options from: each part is the id of the node that sets it, itself or an ancestor, or empty
 * for the built-in default.
 */
public record OptionOrigins(
        String receiver, String groupBy, String groupWait, String groupInterval, String repeatInterval) {
    /** Everything by default. */
    static final OptionOrigins DEFAULTS = new OptionOrigins("", "", "", "", "");
}
