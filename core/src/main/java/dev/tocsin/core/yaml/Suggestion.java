package dev.tocsin.core.yaml;

import java.util.Collection;
import java.util.Locale;

/** Guesses what somebody meant to write. */
public final class Suggestion {
    private static final int LONGEST = 64;

    private Suggestion() {}

    /**
     * A hint such as {@code did you mean "group_by"?}.
     *
     * @param written what was written
     * @param known what could have been written
     * @return empty if nothing known is close enough: a third of the letters may differ, at most three
     */
    public static String of(String written, Collection<String> known) {
        String best = "";
        int nearest = Math.min(3, Math.max(1, written.length() / 3)) + 1;
        for (String candidate : known) {
            int distance = distance(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < nearest) {
                nearest = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "did you mean \"" + best + "\"?";
    }

    /** Damerau-Levenshtein distance with adjacent transpositions; very long texts are never close. */
    private static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int step = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                step = Math.min(step, cost[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    step = Math.min(step, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = step;
            }
        }
        return cost[a.length()][b.length()];
    }
}
