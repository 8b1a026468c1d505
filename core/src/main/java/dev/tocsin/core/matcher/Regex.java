package dev.tocsin.core.matcher;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/**
 * A regular expression that a whole text must match, in RE2's syntax and in linear time (contract section 3.7). Common
 * shapes such as {@code a|b} and {@code a.*} are told without running RE2. Immutable; safe for all threads.
 */
public final class Regex {
    private final TextTest test;

    private Regex(TextTest test) {
        this.test = test;
    }

    /**
     * The expression {@code text}, anchored at both ends.
     *
     * @throws InvalidMatcherException with the text of Go's regexp package and the anchored expression
     */
    public static Regex anchored(String text) throws InvalidMatcherException {
        TextTest shape = RegexShape.of(text);
        if (shape != null) {
            return new Regex(shape);
        }
        Pattern pattern = compile("^(?:" + text + ")$");
        return new Regex(value -> pattern.matcher(value).find());
    }

    /**
     * Checks that {@code text} is a regular expression by itself, as the edit rules of silences do (contract section
     * 6.2).
     *
     * @throws InvalidMatcherException with the text of Go's regexp package and the expression as it is
     */
    public static void validate(String text) throws InvalidMatcherException {
        if (RegexShape.of(text) == null) {
            compile(text);
        }
    }

    private static Pattern compile(String text) throws InvalidMatcherException {
        RegexLimits.check(text);
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
        return test.literals();
    }
}
