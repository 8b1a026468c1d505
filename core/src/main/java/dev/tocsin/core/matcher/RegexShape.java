package dev.tocsin.core.matcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the shapes of regular expressions that need no automaton, which is nearly all that people write in routes and
 * silences: plain texts, choices of plain texts, and a plain text before, after or between {@code .*} or {@code .+}.
 */
final class RegexShape {
    private static final String META = "\\.+*?()|[]{}^$";

    private RegexShape() {}

    /** The test for {@code text}, anchored at both ends, or null if it takes an automaton to tell. */
    static @Nullable TextTest of(String text) {
        String inner = unwrap(text);
        List<String> pieces = pieces(inner);
        if (pieces == null) {
            return null;
        }
        if (pieces.size() == 1) {
            return single(pieces.getFirst());
        }
        List<String> literals = new ArrayList<>(pieces.size());
        for (String piece : pieces) {
            String literal = literal(withoutAnchors(piece));
            if (literal == null) {
                return null;
            }
            literals.add(literal);
        }
        return new OneOf(literals.stream().distinct().toList(), Set.copyOf(literals));
    }

    /** Without one pair of parentheses, or {@code ^(?:} and {@code )$}, around all of it. */
    private static String unwrap(String text) {
        String inner = text;
        if (inner.startsWith("^(?:") && inner.endsWith(")$")) {
            inner = inner.substring(4, inner.length() - 2);
        }
        if (inner.startsWith("(?:") && inner.endsWith(")")) {
            return inner.substring(3, inner.length() - 1);
        }
        if (inner.startsWith("(") && inner.endsWith(")") && !inner.startsWith("(?")) {
            return inner.substring(1, inner.length() - 1);
        }
        return inner;
    }

    /** The alternatives, or null if a backslash ends the text. */
    private static @Nullable List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (++i == text.length()) {
                    return null;
                }
            } else if (c == '|') {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    private static @Nullable TextTest single(String piece) {
        String text = withoutAnchors(piece);
        Wildcard head = Wildcard.atStart(text);
        String rest = text.substring(head.length());
        Wildcard tail = Wildcard.atEnd(rest);
        String literal = literal(rest.substring(0, rest.length() - tail.length()));
        if (literal == null) {
            return null;
        }
        if (head == Wildcard.NONE && tail == Wildcard.NONE) {
            return new Literal(literal);
        }
        if (head == Wildcard.NONE) {
            return new Prefix(literal, tail.minimum());
        }
        if (tail == Wildcard.NONE) {
            return literal.isEmpty() ? new Prefix("", head.minimum()) : new Suffix(literal, head.minimum());
        }
        return head == Wildcard.ANY && tail == Wildcard.ANY ? new Infix(literal) : null;
    }

    /** Anchors at the ends of an alternative change nothing, for it is anchored anyway. */
    private static String withoutAnchors(String piece) {
        int from = piece.startsWith("^") ? 1 : 0;
        int to = piece.length();
        if (to > from && piece.charAt(to - 1) == '$' && !endsEscaped(piece, to - 1)) {
            to--;
        }
        return piece.substring(from, to);
    }

    /** Whether the character at {@code at} is the second half of an escape. */
    private static boolean endsEscaped(String text, int at) {
        int backslashes = 0;
        while (backslashes < at && text.charAt(at - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The plain text that {@code text} stands for, or null if it is more than that. */
    private static @Nullable String literal(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (++i == text.length() || !isPunctuation(text.charAt(i))) {
                    return null;
                }
                c = text.charAt(i);
            } else if (META.indexOf(c) >= 0 || Character.isSurrogate(c)) {
                return null;
            }
            out.append(c);
        }
        return out.toString();
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
            return at < 0 || endsEscaped(text, at) ? NONE : of(text, at);
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

    private record Literal(String value) implements TextTest {
        @Override
        public boolean test(String text) {
            return value.equals(text);
        }

        @Override
        public List<String> literals() {
            return List.of(value);
        }
    }

    private record OneOf(List<String> literals, Set<String> set) implements TextTest {
        @Override
        public boolean test(String text) {
            return set.contains(text);
        }
    }

    /** {@code abc.*} and {@code abc.+}; a dot is no line feed. */
    private record Prefix(String prefix, int minimum) implements TextTest {
        @Override
        public boolean test(String text) {
            return text.length() >= prefix.length() + minimum
                    && text.startsWith(prefix)
                    && text.indexOf('\n', prefix.length()) < 0;
        }
    }

    private record Suffix(String suffix, int minimum) implements TextTest {
        @Override
        public boolean test(String text) {
            int rest = text.length() - suffix.length();
            return rest >= minimum && text.endsWith(suffix) && text.lastIndexOf('\n', rest - 1) < 0;
        }
    }

    /** {@code .*abc.*}: line feeds may only stand within the plain text. */
    private record Infix(String infix) implements TextTest {
        @Override
        public boolean test(String text) {
            int first = text.indexOf('\n');
            if (first < 0) {
                return text.contains(infix);
            }
            for (int at = text.indexOf(infix); at >= 0 && at <= first; at = text.indexOf(infix, at + 1)) {
                if (text.indexOf('\n', at + infix.length()) < 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
