package dev.tocsin.it.sim.check;

/**
 * A sentence of the promise that a history breaks.
 *
 * @param guarantee such as {@code G2}
 * @param sentence what was promised
 * @param at when it was broken, true time in nanoseconds
 * @param about what lines of the history have in common that belong to it, such as a group's label; may be empty
 * @param what what happened instead
 */
public record Violation(String guarantee, String sentence, long at, String about, String what) {
    @Override
    public String toString() {
        return guarantee + " \"" + sentence + "\" broken at " + at / 1e9 + " s: " + what;
    }
}
