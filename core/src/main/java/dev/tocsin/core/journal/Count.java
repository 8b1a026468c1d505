package dev.tocsin.core.journal;

/** A number of things in words. */
final class Count {
    private Count() {}

    /** {@code 1 alert}, {@code 2 alerts}. */
    static String of(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
