package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.AttributeKind;
import dev.tocsin.core.template.html.Context.Delimiter;
import dev.tocsin.core.template.html.Context.Element;
import dev.tocsin.core.template.html.Context.UrlPart;
import java.util.Locale;
import java.util.Set;

/** Follows literal text through a document. Stateless. */
final class Transitions {
    private static final Set<String> SCRIPT_TYPES = Set.of(
            "",
            "application/ecmascript",
            "application/javascript",
            "application/json",
            "application/ld+json",
            "application/x-ecmascript",
            "application/x-javascript",
            "module",
            "text/ecmascript",
            "text/javascript",
            "text/x-ecmascript",
            "text/x-javascript");
    private static final String NAME_ENDS = " \t\n\f\r\u000b=>/\"'<";

    private Transitions() {}

    /**
     * The longest piece of {@code text} from {@code from} on that can be followed at once.
     *
     * @param endTag of the same text
     * @throws HtmlException if it cannot be understood
     */
    static Step after(Context context, String text, int from, EndTag endTag) throws HtmlException {
        if (context.delimiter() != Delimiter.NONE) {
            return value(context, text, from);
        }
        if (!hasEndTag(context)) {
            return plain(context, text, from);
        }
        int end = endTag.begin(context.element(), from);
        if (end < text.length() && isInScriptText(context.state())) {
            Step step = plain(context, text, from);
            if (step.end() > end) {
                throw new HtmlException("an end tag within a string of a script");
            }
            return step;
        }
        if (end == from && end < text.length()) {
            return new Step(Context.START, from);
        }
        return plain(context, endTag.content(), from);
    }

    /** Whether it is within an element like {@code script}, which nothing but its end tag ends. */
    private static boolean hasEndTag(Context context) {
        return context.element() != Element.NONE && context.state() != State.TAG && !isInTag(context.state());
    }

    private static boolean isInScriptText(State state) {
        return state == State.JS_DOUBLE_QUOTED
                || state == State.JS_SINGLE_QUOTED
                || state == State.JS_TEMPLATE
                || state == State.JS_REGEX;
    }

    private static boolean isInTag(State state) {
        return state == State.ATTRIBUTE_NAME || state == State.AFTER_NAME || state == State.BEFORE_VALUE;
    }

    private static Step plain(Context context, String text, int from) throws HtmlException {
        return switch (context.state()) {
            case TEXT -> text(context, text, from);
            case TAG -> tag(context, text, from);
            case ATTRIBUTE_NAME -> name(context, text, from);
            case AFTER_NAME -> afterName(context, text, from);
            case BEFORE_VALUE -> beforeValue(context, text, from);
            case COMMENT -> until(context, text, from, "-->", Context.START);
            case RCDATA, ATTRIBUTE, SRCSET, DEAD -> new Step(context, text.length());
            case URL -> new Step(url(context, text, from, text.length()), text.length());
            default ->
                context.state().go().startsWith("stateJS")
                        ? Script.after(context, text, from)
                        : Style.after(context, text, from);
        };
    }

    /** To behind {@code mark}, and then in {@code next}; to the end if it does not come. */
    static Step until(Context context, String text, int from, String mark, Context next) {
        int end = text.indexOf(mark, from);
        return end < 0 ? new Step(context, text.length()) : new Step(next, end + mark.length());
    }

    private static Step text(Context context, String text, int from) {
        for (int i = text.indexOf('<', from); i >= 0 && i + 1 < text.length(); i = text.indexOf('<', i + 1)) {
            if (text.startsWith("<!--", i)) {
                return new Step(context.in(State.COMMENT), i + 4);
            }
            boolean closing = text.charAt(i + 1) == '/';
            int start = closing ? i + 2 : i + 1;
            int end = tagNameEnd(text, start);
            if (end > start) {
                String name = text.substring(start, end).toLowerCase(Locale.ROOT);
                return new Step(Context.tag(closing ? Element.NONE : element(name)), end);
            }
        }
        return new Step(context, text.length());
    }

    private static Element element(String name) {
        return switch (name) {
            case "script" -> Element.SCRIPT;
            case "style" -> Element.STYLE;
            case "textarea" -> Element.TEXTAREA;
            case "title" -> Element.TITLE;
            default -> Element.NONE;
        };
    }

    private static int tagNameEnd(String text, int from) {
        if (from >= text.length() || !isLetter(text.charAt(from))) {
            return from;
        }
        int end = from + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean joins = (c == ':' || c == '-') && end + 1 < text.length() && isAlphanumeric(text.charAt(end + 1));
            if (!isAlphanumeric(c) && !joins) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isAlphanumeric(char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    private static Step tag(Context context, String text, int from) throws HtmlException {
        int at = spaceEnd(text, from);
        if (at == text.length()) {
            return new Step(context, at);
        }
        if (text.charAt(at) == '>') {
            return new Step(context.content(), at + 1);
        }
        if (text.startsWith("/>", at) || text.charAt(at) == '/') {
            return new Step(context, at + 1);
        }
        int end = nameEnd(text, at);
        if (end == at) {
            throw new HtmlException("expected space, attr name, or end of tag, but got \"" + text.substring(at) + "\"");
        }
        String name = text.substring(at, end).toLowerCase(Locale.ROOT);
        boolean scriptType = context.element() == Element.SCRIPT && name.equals("type");
        AttributeKind kind = scriptType ? AttributeKind.SCRIPT_TYPE : Attributes.kind(name);
        return new Step(context.in(end == text.length() ? State.ATTRIBUTE_NAME : State.AFTER_NAME, kind), end);
    }

    private static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length() && NAME_ENDS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static Step name(Context context, String text, int from) throws HtmlException {
        int end = nameEnd(text, from);
        if (end < text.length() && "\"'<".indexOf(text.charAt(end)) >= 0) {
            throw new HtmlException("\"" + text.charAt(end) + "\" in attribute name: \"" + text.substring(from) + "\"");
        }
        return end == text.length() ? new Step(context, end) : new Step(context.in(State.AFTER_NAME), end);
    }

    private static Step afterName(Context context, String text, int from) {
        int at = spaceEnd(text, from);
        if (at == text.length()) {
            return new Step(context, at);
        }
        return text.charAt(at) == '='
                ? new Step(context.in(State.BEFORE_VALUE), at + 1)
                : new Step(context.in(State.TAG, AttributeKind.NONE), at);
    }

    private static Step beforeValue(Context context, String text, int from) {
        int at = spaceEnd(text, from);
        if (at == text.length()) {
            return new Step(context, at);
        }
        return switch (text.charAt(at)) {
            case '\'' -> new Step(value(context, text, at + 1, Delimiter.SINGLE_QUOTE), at + 1);
            case '"' -> new Step(value(context, text, at + 1, Delimiter.DOUBLE_QUOTE), at + 1);
            default -> new Step(value(context, text, at, Delimiter.SPACE_OR_TAG_END), at);
        };
    }

    /** A script of a type that is no script is text. */
    private static Context value(Context context, String text, int from, Delimiter end) {
        Context inside = context.value(end);
        if (context.attribute() != AttributeKind.SCRIPT_TYPE) {
            return inside;
        }
        int to = valueEnd(text, from, end);
        String type = text.substring(from, to).trim().toLowerCase(Locale.ROOT);
        int parameter = type.indexOf(';');
        boolean script = SCRIPT_TYPES.contains(
                parameter < 0 ? type : type.substring(0, parameter).trim());
        return script ? inside : inside.with(Element.NONE);
    }

    private static int valueEnd(String text, int from, Delimiter end) {
        String ends = switch (end) {
            case DOUBLE_QUOTE -> "\"";
            case SINGLE_QUOTE -> "'";
            case SPACE_OR_TAG_END, NONE -> " \t\n\f\r>";
        };
        int at = from;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static Step value(Context context, String text, int from) throws HtmlException {
        Delimiter delimiter = context.delimiter();
        int end = valueEnd(text, from, delimiter);
        String written = text.substring(from, end);
        if (delimiter == Delimiter.SPACE_OR_TAG_END) {
            for (int i = 0; i < written.length(); i++) {
                if ("\"'<=`".indexOf(written.charAt(i)) >= 0) {
                    throw new HtmlException("\"" + written.charAt(i) + "\" in unquoted attr: \"" + written + "\"");
                }
            }
        }
        if (end < text.length()) {
            return new Step(Context.tag(context.element()), delimiter == Delimiter.SPACE_OR_TAG_END ? end : end + 1);
        }
        String meant = HtmlText.unescape(written);
        Context inside = context;
        for (int at = 0; at < meant.length(); ) {
            Step step = plain(inside, meant, at);
            if (step.end() == at && step.context().equals(inside)) {
                throw new HtmlException("cannot follow \"" + meant.substring(at) + "\"");
            }
            inside = step.context();
            at = step.end();
        }
        return new Step(inside, end);
    }

    /** The part of a URL that is reached behind a piece of it. */
    static Context url(Context context, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '#' || text.charAt(i) == '?') {
                return context.with(UrlPart.QUERY_OR_FRAGMENT);
            }
        }
        boolean some = spaceEnd(text, from) < to;
        return some && context.part() == UrlPart.NONE ? context.with(UrlPart.PRE_QUERY) : context;
    }

    static int spaceEnd(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\n\f\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
