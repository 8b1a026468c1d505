package dev.tocsin.it.sim.history;

/** Sets of alerts as bits of a number: a simulation has at most 64. */
public final class Masks {
    private Masks() {}

    /** For people: {@code +a1 +a4 -a2}. */
    public static String text(long firing, long resolved) {
        StringBuilder out = new StringBuilder("[");
        append(out, firing, '+');
        append(out, resolved, '-');
        return out.append(']').toString();
    }

    private static void append(StringBuilder out, long mask, char sign) {
        for (int i = 0; i < Long.SIZE; i++) {
            if ((mask >>> i & 1) == 1) {
                out.append(out.length() > 1 ? " " : "").append(sign).append('a').append(i);
            }
        }
    }
}
