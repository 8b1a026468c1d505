package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.UrlPart;

/** Follows literal text through style sheets. Stateless. */
final class Style {
    private static final String URL = "url";

    private Style() {}

    static Step after(Context context, String text, int from) throws HtmlException {
        return switch (context.state()) {
            case CSS -> rules(context, text, from);
            case CSS_DOUBLE_QUOTED, CSS_DOUBLE_QUOTED_URL -> quoted(context, text, from, "\"");
            case CSS_SINGLE_QUOTED, CSS_SINGLE_QUOTED_URL -> quoted(context, text, from, "'");
            case CSS_URL -> quoted(context, text, from, " \t\n\f\r)");
            case CSS_BLOCK_COMMENT -> Transitions.until(context, text, from, "*/", context.in(State.CSS));
            case CSS_LINE_COMMENT -> {
                int end = lineEnd(text, from);
                yield new Step(end == text.length() ? context : context.in(State.CSS), end);
            }
            default ->
                throw new HtmlException("unexpected state " + context.state().go());
        };
    }

    static int lineEnd(String text, int from) {
        int end = from;
        while (end < text.length() && "\n\f\r\u2028\u2029".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static Step rules(Context context, String text, int from) {
        for (int i = from; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '(' -> {
                    int end = i;
                    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
                        end--;
                    }
                    if (end - URL.length() >= from
                            && text.regionMatches(true, end - URL.length(), URL, 0, URL.length())) {
                        return url(context, text, Transitions.spaceEnd(text, i + 1));
                    }
                }
                case '/' -> {
                    if (text.startsWith("//", i)) {
                        return new Step(context.in(State.CSS_LINE_COMMENT), i + 2);
                    }
                    if (text.startsWith("/*", i)) {
                        return new Step(context.in(State.CSS_BLOCK_COMMENT), i + 2);
                    }
                }
                case '"' -> {
                    return begin(context, State.CSS_DOUBLE_QUOTED, i + 1);
                }
                case '\'' -> {
                    return begin(context, State.CSS_SINGLE_QUOTED, i + 1);
                }
                default -> {
                    // nothing that matters
                }
            }
        }
        return new Step(context, text.length());
    }

    private static Step url(Context context, String text, int at) {
        if (text.startsWith("\"", at)) {
            return begin(context, State.CSS_DOUBLE_QUOTED_URL, at + 1);
        }
        return text.startsWith("'", at)
                ? begin(context, State.CSS_SINGLE_QUOTED_URL, at + 1)
                : begin(context, State.CSS_URL, at);
    }

    private static Step begin(Context context, State state, int at) {
        return new Step(context.in(state).with(UrlPart.NONE), at);
    }

    private static Step quoted(Context context, String text, int from, String ends) throws HtmlException {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                if (i == text.length()) {
                    throw new HtmlException(
                            "unfinished escape sequence in CSS string: \"" + text.substring(from) + "\"");
                }
            } else if (ends.indexOf(c) >= 0) {
                return new Step(context.in(State.CSS).with(UrlPart.NONE), i + 1);
            }
        }
        return new Step(Transitions.url(context, text, from, text.length()), text.length());
    }
}
