package dev.tocsin.core.template;

/**
 * What one execution of a template may use up. Execution is deterministic, so work is counted rather than timed.
 *
 * @param output the length of what is printed, and of every text and list made on the way, in characters; all that is
 *     made on the way may be four times as long
 * @param depth how deep templates may call each other
 * @param steps how many steps may be taken: about one per action, call, element and 16 characters worked on
 */
public record ExecutionLimits(int output, int depth, long steps) {
    /** For notifications: a mail of 8 Mi characters, at worst some seconds of work. */
    public static final ExecutionLimits NOTIFICATION = new ExecutionLimits(8 << 20, 200, 20_000_000);

    /** For route labels, which are rendered between other work: 64 Ki characters, a few milliseconds. */
    public static final ExecutionLimits ROUTE_LABEL = new ExecutionLimits(64 << 10, 50, 100_000);
}
