package dev.tocsin.core.yaml;

/**
 * Which styles can hold a text (YAML 1.1 as libyaml restricts it).
 *
 * @param plain without quotes, outside of flow collections
 * @param flowPlain without quotes, inside of flow collections
 * @param singleQuoted between single quotes
 * @param block as a literal block
 */
record ScalarShape(boolean plain, boolean flowPlain, boolean singleQuoted, boolean block) {
    static ScalarShape of(String text) {
        return new Reading(text).shape();
    }

    /** Whether the character can stand in a text without an escape. Beyond the basic plane none can, as libyaml has it. */
    static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    static boolean isBreak(int c) {
        return c == '\r' || c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** One pass over a text. */
    private static final class Reading {
        private final String text;
        private boolean indicators;
        private boolean flowIndicators;
        private boolean breaks;
        private boolean special;
        private boolean edgeBlank;
        private boolean trailingSpace;
        private boolean breakThenSpace;
        private boolean spaceThenBreak;

        Reading(String text) {
            this.text = text;
        }

        ScalarShape shape() {
            if (text.isEmpty()) {
                return new ScalarShape(true, false, true, false);
            }
            indicators = text.startsWith("---") || text.startsWith("...");
            int before = -1;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                int next = i + Character.charCount(c);
                look(c, before, next == text.length() ? -1 : text.codePointAt(next), i == 0);
                before = c;
                i = next;
            }
            boolean quotable = !spaceThenBreak && !special;
            boolean plain = quotable && !edgeBlank && !breakThenSpace && !breaks && !indicators;
            return new ScalarShape(
                    plain, plain && !flowIndicators, quotable && !breakThenSpace, quotable && !trailingSpace);
        }

        /** @param before, next the neighbours, -1 at the ends */
        private void look(int c, int before, int next, boolean first) {
            boolean blankNext = next == -1 || isBlank(next);
            if (first) {
                indicators |= "#,[]{}&*!|>'\"%@`".indexOf(c) >= 0 || ("?:-".indexOf(c) >= 0 && blankNext);
            } else {
                indicators |= (c == ':' && blankNext) || (c == '#' && isBlank(before));
            }
            flowIndicators |= ",?[]{}:".indexOf(c) >= 0;
            special |= !isPrintable(c);
            boolean last = next == -1;
            if (c == ' ') {
                edgeBlank |= first || last;
                trailingSpace |= last;
                breakThenSpace |= before != -1 && isBreak(before);
            } else if (isBreak(c)) {
                breaks = true;
                edgeBlank |= first || last;
                spaceThenBreak |= before == ' ';
            }
        }

        private static boolean isBlank(int c) {
            return c == ' ' || c == '\t' || isBreak(c);
        }
    }
}
