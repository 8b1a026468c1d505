package dev.tocsin.core.matcher;

import org.jspecify.annotations.Nullable;

/**
 * Tells the shapes of regular expressions that need no automaton, which is nearly all that people write in routes and
 * silences: plain texts, and a plain text before, after or between {@code .*} or {@code .+}.
 */
final class RegexShape {
    private static final String META = "\\.+*?()|[]{}^$";

    private RegexShape() {}

    /** The test for {@code text}, anchored at both ends, or null if it takes an automaton to tell. */
    static @Nullable TextTest of(String text) {
        String plain = withoutAnchors(text);
        Wildcard head = Wildcard.atStart(plain);
        String rest = plain.substring(head.length());
        Wildcard tail = Wildcard.atEnd(rest);
        String literal = literal(rest.substring(0, rest.length() - tail.length()));
        if (literal == null) {
            return null;
        }
        if (head == Wildcard.NONE) {
            return tail == Wildcard.NONE ? new TextTest.Literal(literal) : new TextTest.Prefix(literal, tail.minimum());
        }
        if (tail == Wildcard.NONE) {
            return literal.isEmpty()
                    ? new TextTest.Prefix("", head.minimum())
                    : new TextTest.Suffix(literal, head.minimum());
        }
        return head == Wildcard.ANY && tail == Wildcard.ANY ? new TextTest.Infix(literal) : null;
    }

    /** Anchors at the ends change nothing, for the expression is anchored anyway. */
    private static String withoutAnchors(String text) {
        int from = text.startsWith("^") ? 1 : 0;
        int to = text.length();
        if (to > from && text.charAt(to - 1) == '$' && !isEscaped(text, to - 1)) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Whether the character at {@code at} is the second half of an escape. */
    private static boolean isEscaped(String text, int at) {
        int backslashes = 0;
        while (backslashes < at && text.charAt(at - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The plain text that {@code text} stands for, or null if it is more than that. */
    private static @Nullable String literal(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped ? !isPunctuation(c) : c != '\\' && (META.indexOf(c) >= 0 || Character.isSurrogate(c))) {
                return null;
            }
            escaped = !escaped && c == '\\';
            if (!escaped) {
                out.append(c);
            }
        }
        return escaped ? null : out.toString();
    }

    /** What RE2 lets a backslash quote. */
    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c) && c != '_';
    }

    /** A wildcard at one end of an expression, by the fewest code points that it stands for. */
    private enum Wildcard {
        NONE,
        ANY,
        SOME;

        static Wildcard atStart(String text) {
            return of(text, 0);
        }

        static Wildcard atEnd(String text) {
            int at = text.length() - 2;
            return at < 0 || isEscaped(text, at) ? NONE : of(text, at);
        }

        private static Wildcard of(String text, int at) {
            if (text.startsWith(".*", at)) {
                return ANY;
            }
            return text.startsWith(".+", at) ? SOME : NONE;
        }

        int length() {
            return this == NONE ? 0 : 2;
        }

        int minimum() {
            return this == SOME ? 1 : 0;
        }
    }
}
