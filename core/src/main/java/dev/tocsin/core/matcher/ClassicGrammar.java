package dev.tocsin.core.matcher;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The older grammar: ASCII names, values that need no quotes (contract section 3.3). */
final class ClassicGrammar {
    private ClassicGrammar() {}

    static List<Matcher> list(String text) throws InvalidMatcherException {
        int from = text.startsWith("{") ? 1 : 0;
        int to = text.length() > from && text.endsWith("}") ? text.length() - 1 : text.length();
        List<Matcher> matchers = new ArrayList<>();
        boolean quoted = false;
        boolean escaped = false;
        int start = from;
        for (int i = from; i < to; i++) {
            switch (text.charAt(i)) {
                case ',' -> {
                    // A comma inside quotes leaves the escape flag alone, unlike every other character.
                    if (!quoted) {
                        matchers.add(single(text.substring(start, i)));
                        start = i + 1;
                    }
                }
                case '"' -> {
                    quoted = escaped ? quoted : !quoted;
                    escaped = false;
                }
                case '\\' -> escaped = !escaped;
                default -> escaped = false;
            }
        }
        String last = trim(text.substring(start, to));
        if (!last.isEmpty()) {
            matchers.add(single(last));
        }
        return List.copyOf(matchers);
    }

    static Matcher single(String text) throws InvalidMatcherException {
        int from = skipSpace(text, 0);
        int nameEnd = from;
        while (nameEnd < text.length() && isNameCharacter(text.charAt(nameEnd), nameEnd == from)) {
            nameEnd++;
        }
        int at = skipSpace(text, nameEnd);
        MatchType type = operator(text, at);
        if (nameEnd == from || type == null) {
            throw new InvalidMatcherException("bad matcher format: " + text);
        }
        int valueStart = skipSpace(text, at + type.operator().length());
        int valueEnd = text.length();
        while (valueEnd > valueStart && isSpace(text.charAt(valueEnd - 1))) {
            valueEnd--;
        }
        String value = unescape(text.substring(valueStart, valueEnd));
        return Matcher.of(text.substring(from, nameEnd), type, value);
    }

    private static @Nullable MatchType operator(String text, int at) {
        if (text.startsWith("=~", at)) {
            return MatchType.REGEXP;
        }
        if (text.startsWith("=", at)) {
            return MatchType.EQUAL;
        }
        if (text.startsWith("!=", at)) {
            return MatchType.NOT_EQUAL;
        }
        return text.startsWith("!~", at) ? MatchType.NOT_REGEXP : null;
    }

    private static String unescape(String raw) throws InvalidMatcherException {
        boolean quoted = raw.startsWith("\"");
        if (!LabelNames.isUtf8(raw)) {
            throw new InvalidMatcherException("matcher value not valid UTF-8: " + raw);
        }
        StringBuilder value = new StringBuilder(raw.length());
        boolean closed = !quoted;
        for (int i = quoted ? 1 : 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean last = i == raw.length() - 1;
            if (c == '"') {
                if (closed || !last) {
                    throw unescapedQuote(raw);
                }
                closed = true;
            } else if (c != '\\' || last) {
                value.append(c);
            } else {
                char next = raw.charAt(++i);
                switch (next) {
                    case 'n' -> value.append('\n');
                    case '"', '\\' -> value.append(next);
                    default -> value.append('\\').append(next);
                }
            }
        }
        if (!closed) {
            throw unescapedQuote(raw);
        }
        return value.toString();
    }

    private static InvalidMatcherException unescapedQuote(String raw) {
        return new InvalidMatcherException("matcher value contains unescaped double quote: " + raw);
    }

    private static boolean isNameCharacter(char c, boolean first) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c == ':'
                || (!first && c >= '0' && c <= '9');
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** White space as RE2's {@code \s} has it. */
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Matcher.isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && Matcher.isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
