package dev.tocsin.core.matcher;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.label.Utf8Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one label. A missing label counts as the empty string. Regular expressions match the whole value, in
 * linear time (RE2). Immutable; safe for all threads.
 */
public final class Matcher implements Comparable<Matcher> {
    private final String name;
    private final MatchType type;
    private final String value;
    private final @Nullable Regex regex;

    private Matcher(String name, MatchType type, String value, @Nullable Regex regex) {
        this.name = name;
        this.type = type;
        this.value = value;
        this.regex = regex;
    }

    /**
     * A matcher on label {@code name}.
     *
     * @throws InvalidMatcherException if {@code value} is no regular expression though {@code type} asks for one
     */
    public static Matcher of(String name, MatchType type, String value) throws InvalidMatcherException {
        if (!type.isRegex()) {
            return new Matcher(name, type, value, null);
        }
        return new Matcher(name, type, value, Regex.anchored(value));
    }

    /** A matcher that asks for {@code name} to be exactly {@code value}. */
    public static Matcher equal(String name, String value) {
        return new Matcher(name, MatchType.EQUAL, value, null);
    }

    /** The label's name. */
    public String name() {
        return name;
    }

    /** The operator. */
    public MatchType type() {
        return type;
    }

    /** The text that the label's value is compared with; for regular expressions as it was written, not anchored. */
    public String value() {
        return value;
    }

    /** Whether a label value fulfils the condition. */
    public boolean matches(String labelValue) {
        return switch (type) {
            case EQUAL -> value.equals(labelValue);
            case NOT_EQUAL -> !value.equals(labelValue);
            case REGEXP -> find(labelValue);
            case NOT_REGEXP -> !find(labelValue);
        };
    }

    /** Whether the label of {@code labels} fulfils the condition. */
    public boolean matches(LabelSet labels) {
        return matches(labels.get(name));
    }

    private boolean find(String labelValue) {
        return regex != null && regex.matches(labelValue);
    }

    /**
     * Whether the matcher, as the edit rules of silences count it, matches the empty string: negative matchers never do
     * (contract section 6.2).
     */
    public boolean matchesEmpty() {
        return type.isPositive() && matches("");
    }

    /**
     * The only values that fulfil the condition, if it is an equality or a regular expression that merely lists plain
     * texts; otherwise empty. An index may look matchers up by them. May hold the empty string, which means that the
     * label may be missing.
     */
    public List<String> literals() {
        if (type == MatchType.EQUAL) {
            return List.of(value);
        }
        return type == MatchType.REGEXP && regex != null ? regex.literals() : List.of();
    }

    /** By name, then value, both in UTF-8 byte order, then operator. */
    @Override
    public int compareTo(Matcher other) {
        int order = Utf8Order.compare(name, other.name);
        if (order == 0) {
            order = Utf8Order.compare(value, other.value);
        }
        return order == 0 ? type.compareTo(other.type) : order;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Matcher matcher
                && type == matcher.type
                && name.equals(matcher.name)
                && value.equals(matcher.value);
    }

    @Override
    public int hashCode() {
        return (name.hashCode() * 31 + value.hashCode()) * 31 + type.hashCode();
    }

    /** The contract's text (section 3.6): {@code name="value"}, quoted as Go does if the name needs it. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(name.length() + value.length() + 4);
        if (name.codePoints().anyMatch(Matcher::isReserved)) {
            GoQuote.append(out, name);
            out.append(type.operator());
            GoQuote.append(out, value);
            return out.toString();
        }
        out.append(name).append(type.operator()).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '"' -> out.append("\\\"");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** Whether a code point cannot stand in an unquoted name or value. */
    static boolean isReserved(int c) {
        return switch (c) {
            case '{', '}', '!', '=', '~', ',', '\\', '"', '\'', '`' -> true;
            default -> isWhiteSpace(c);
        };
    }

    /** Unicode's White_Space property, which Java's own tests only approximate. */
    static boolean isWhiteSpace(int c) {
        return switch (c) {
            case '\t', '\n', 0x0b, '\f', '\r', ' ', 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200a;
        };
    }
}
