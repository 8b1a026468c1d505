package dev.tocsin.core.matcher;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A regular expression that a whole text must match, in RE2's syntax and in linear time (contract section 3.7).
 *
 * <p>RE2/J costs microseconds a match and recurses as deep as an expression has alternatives, so the expression is taken
 * apart at its top: plain texts go into a set, {@code abc.*} and the like into comparisons of their own, and only the
 * rest is compiled, in pieces of bounded size. Immutable; safe for all threads.
 */
public final class Regex {
    private static final int ALTERNATIVES_AT_ONCE = 64;
    private static final int LENGTH_AT_ONCE = 4096;

    static {
        CaseFolding.mend();
    }

    private final TextTest test;
    private final List<String> literals;

    private Regex(TextTest test, List<String> literals) {
        this.test = test;
        this.literals = literals;
    }

    /**
     * The expression {@code text}, anchored at both ends.
     *
     * @throws InvalidMatcherException with the text of Go's regexp package and the anchored expression
     */
    public static Regex anchored(String text) throws InvalidMatcherException {
        try {
            return takenApart(text);
        } catch (InvalidMatcherException e) {
            // Go names the expression as a whole, and what only a part of it violates may be no error.
            return new Regex(new TextTest.Automaton(compile("^(?:" + text + ")$")), List.of());
        }
    }

    /**
     * Checks that {@code text} is a regular expression by itself, as the edit rules of silences do (contract section
     * 6.2).
     *
     * @throws InvalidMatcherException with the text of Go's regexp package and the expression as it is
     */
    public static void validate(String text) throws InvalidMatcherException {
        List<String> alternatives = RegexScan.alternatives(text);
        if (alternatives.size() == 1) {
            if (RegexShape.of(text) == null) {
                compile(text);
            }
            return;
        }
        try {
            takenApart(text);
        } catch (InvalidMatcherException e) {
            compile(text);
        }
    }

    private static Regex takenApart(String text) throws InvalidMatcherException {
        Set<String> literals = new LinkedHashSet<>();
        List<TextTest> others = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        int inRest = 0;
        for (String alternative : RegexScan.alternatives(withoutGroups(text))) {
            switch (RegexShape.of(alternative)) {
                case null -> {
                    if (inRest == ALTERNATIVES_AT_ONCE || rest.length() > LENGTH_AT_ONCE) {
                        others.add(automaton(rest));
                        inRest = 0;
                    }
                    rest.append(inRest++ == 0 ? "" : "|").append(alternative);
                }
                case TextTest.Literal(String literal) -> literals.add(literal);
                case TextTest other -> others.add(other);
            }
        }
        if (inRest > 0) {
            others.add(automaton(rest));
        }
        if (!literals.isEmpty()) {
            others.addFirst(
                    literals.size() == 1
                            ? new TextTest.Literal(literals.iterator().next())
                            : new TextTest.OneOf(Set.copyOf(literals)));
        }
        boolean onlyLiterals = !literals.isEmpty() && others.size() == 1;
        TextTest test = others.size() == 1 ? others.getFirst() : new TextTest.AnyOf(List.copyOf(others));
        return new Regex(test, onlyLiterals ? List.copyOf(literals) : List.of());
    }

    /** Without up to three pairs of parentheses that enclose all of it, and without the anchors around them. */
    private static String withoutGroups(String text) {
        String inner = text;
        for (int i = 0; i < 3; i++) {
            inner = withoutGroup(inner);
        }
        return inner;
    }

    private static String withoutGroup(String text) {
        int from = text.startsWith("^(") ? 1 : 0;
        int to = text.length() - (text.endsWith(")$") ? 1 : 0);
        String opening = text.startsWith("(?", from) ? "(?:" : "(";
        from += opening.length();
        if (to <= from || !text.startsWith(opening, from - opening.length()) || text.charAt(to - 1) != ')') {
            return text;
        }
        String content = text.substring(from, to - 1);
        return RegexScan.isBalanced(content) ? content : text;
    }

    private static TextTest automaton(StringBuilder text) throws InvalidMatcherException {
        TextTest automaton = new TextTest.Automaton(compile("^(?:" + text + ")$"));
        text.setLength(0);
        return automaton;
    }

    /** The expression as it is, within the bounds. */
    static Pattern compile(String text) throws InvalidMatcherException {
        RegexScan.check(text);
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new InvalidMatcherException("error parsing regexp: " + reason(e, text));
        }
    }

    /** RE2/J's words are Go's, but for two errors. */
    private static String reason(PatternSyntaxException e, String text) {
        if ("stack underflow".equals(e.getPattern())) {
            return "unexpected ): `" + text + "`";
        }
        String description = e.getDescription();
        if ("duplicate capture group name".equals(description)) {
            description = "invalid named capture";
        }
        return description + ": `" + e.getPattern() + "`";
    }

    /** Whether the whole of {@code value} matches. */
    public boolean matches(String value) {
        return test.test(value);
    }

    /** The texts that match, if the expression is nothing but a choice of plain texts; otherwise empty. */
    public List<String> literals() {
        return literals;
    }
}
