package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.Slash;
import java.util.Set;

/**
 * Follows literal text through scripts, as far as strings, comments and values go; what is beyond is an error. Stateless.
 */
final class Script {
    /** Words behind which a slash begins a regular expression. */
    private static final Set<String> OPERATORS = Set.of(
            "break",
            "case",
            "continue",
            "delete",
            "do",
            "else",
            "finally",
            "in",
            "instanceof",
            "return",
            "throw",
            "try",
            "typeof",
            "void");

    private Script() {}

    static Step after(Context context, String text, int from) throws HtmlException {
        return switch (context.state()) {
            case JS -> code(context, text, from);
            case JS_DOUBLE_QUOTED -> quoted(context, text, from, '"');
            case JS_SINGLE_QUOTED -> quoted(context, text, from, '\'');
            case JS_TEMPLATE -> template(context, text, from);
            case JS_REGEX -> regex(context, text, from);
            case JS_BLOCK_COMMENT -> Transitions.until(context, text, from, "*/", context.in(State.JS));
            case JS_LINE_COMMENT -> {
                int end = Style.lineEnd(text, from);
                yield new Step(end == text.length() ? context : context.in(State.JS), end);
            }
            default ->
                throw new HtmlException("unexpected state " + context.state().go());
        };
    }

    private static Step code(Context context, String text, int from) throws HtmlException {
        int at = from;
        while (at < text.length() && "\"'`/".indexOf(text.charAt(at)) < 0) {
            if (text.startsWith("<!--", at) || text.startsWith("-->", at)) {
                throw new HtmlException("HTML comment in script");
            }
            at++;
        }
        Context before = context.with(slashAfter(text.substring(from, at), context.slash()));
        if (at == text.length()) {
            return new Step(before, at);
        }
        return switch (text.charAt(at)) {
            case '"' -> new Step(before.in(State.JS_DOUBLE_QUOTED), at + 1);
            case '\'' -> new Step(before.in(State.JS_SINGLE_QUOTED), at + 1);
            case '`' -> new Step(before.in(State.JS_TEMPLATE), at + 1);
            default -> slash(before, text, at);
        };
    }

    private static Step slash(Context context, String text, int at) throws HtmlException {
        if (text.startsWith("//", at)) {
            return new Step(context.in(State.JS_LINE_COMMENT), at + 2);
        }
        if (text.startsWith("/*", at)) {
            return new Step(context.in(State.JS_BLOCK_COMMENT), at + 2);
        }
        return switch (context.slash()) {
            case REGEX -> new Step(context.in(State.JS_REGEX), at + 1);
            case DIVISION -> new Step(context.with(Slash.REGEX), at + 1);
            case UNKNOWN ->
                throw new HtmlException("'/' could start a division or regexp: \"" + text.substring(at) + "\"");
        };
    }

    /** What a slash behind {@code code} begins. */
    private static Slash slashAfter(String code, Slash before) {
        String trimmed = code.stripTrailing();
        if (trimmed.isEmpty()) {
            return before;
        }
        char last = trimmed.charAt(trimmed.length() - 1);
        if (last == ')' || last == ']') {
            return Slash.DIVISION;
        }
        if (last == '+' || last == '-') {
            int first = trimmed.length() - 1;
            while (first > 0 && trimmed.charAt(first - 1) == last) {
                first--;
            }
            return (trimmed.length() - first) % 2 == 1 ? Slash.REGEX : Slash.DIVISION;
        }
        int start = trimmed.length();
        while (start > 0 && isWord(trimmed.charAt(start - 1))) {
            start--;
        }
        String word = trimmed.substring(start);
        return word.isEmpty() || OPERATORS.contains(word) ? Slash.REGEX : Slash.DIVISION;
    }

    private static boolean isWord(char c) {
        return c == '$' || c == '_' || Character.isLetterOrDigit(c);
    }

    private static Step quoted(Context context, String text, int from, char quote) throws HtmlException {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (++i == text.length()) {
                    throw new HtmlException(
                            "unfinished escape sequence in JS string: \"" + text.substring(from) + "\"");
                }
            } else if (c == quote) {
                return new Step(context.in(State.JS).with(Slash.DIVISION), i + 1);
            }
        }
        return new Step(context, text.length());
    }

    private static Step template(Context context, String text, int from) throws HtmlException {
        Step step = quoted(context, text, from, '`');
        if (text.indexOf("${", from, step.end()) >= 0) {
            throw new HtmlException("expressions in JS template literals are not understood");
        }
        return step;
    }

    private static Step regex(Context context, String text, int from) throws HtmlException {
        boolean inClass = false;
        for (int i = from; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inClass = true;
                case ']' -> inClass = false;
                case '/' -> {
                    if (!inClass) {
                        return new Step(context.in(State.JS).with(Slash.DIVISION), i + 1);
                    }
                }
                default -> {
                    // part of the expression
                }
            }
        }
        throw new HtmlException("unfinished JS regexp: \"" + text.substring(from) + "\"");
    }
}
