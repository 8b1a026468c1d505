package dev.tocsin.core.template.exec;

import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.SearchRegex;
import dev.tocsin.core.template.print.ValueJson;
import dev.tocsin.core.template.value.Bool;
import dev.tocsin.core.template.value.Bytes;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.TextType;
import dev.tocsin.core.template.value.Value;
import java.util.HashMap;
import java.util.Map;

/** Alertmanager's functions on texts (notifiers contract section 4.7). Stateless. */
final class TextFunctions {
    /** Looking at each character takes this much longer than copying it. */
    private static final long WEIGHT = 12;

    private TextFunctions() {}

    static Map<String, Routine> all() {
        Map<String, Routine> all = new HashMap<>();
        all.put("toUpper", ofText(text -> Text.of(mapped(text, true))));
        all.put("toLower", ofText(text -> Text.of(mapped(text, false))));
        all.put("title", ofText(text -> Text.of(TitleCase.of(text))));
        all.put("trimSpace", ofText(text -> Text.of(trimmed(text))));
        all.put("safeHtml", ofText(text -> new Text(text, TextType.HTML)));
        all.put("safeUrl", ofText(text -> new Text(text, TextType.URL)));
        all.put("urlUnescape", ofText(text -> Text.of(Base.urlUnescape(text))));
        all.put("base64encode", ofText(text -> Text.of(Base.encode64(text))));
        all.put("base64decode", ofText(text -> Text.of(Base.decode64(text))));
        all.put("join", Routine.of(TextFunctions::join, Parameter.STRING, Parameter.STRINGS));
        all.put("match", Routine.of(TextFunctions::match, Parameter.STRING, Parameter.STRING));
        all.put(
                "reReplaceAll",
                Routine.of(TextFunctions::replace, Parameter.STRING, Parameter.STRING, Parameter.STRING));
        all.put(
                "toJson",
                Routine.of(
                        (environment, values) -> Text.of(ValueJson.write(environment.budget(), values[0])),
                        Parameter.ANY));
        all.put(
                "routeLabels",
                Routine.of(
                        (environment, values) ->
                                Text.of(environment.routeLabels().find(text(values[0]))),
                        Parameter.STRING));
        return all;
    }

    /** A function of one text. */
    @FunctionalInterface
    private interface OfText {
        Value apply(String text) throws FunctionException;
    }

    private static Routine ofText(OfText function) {
        return Routine.of(
                (environment, values) -> {
                    String text = text(values[0]);
                    environment.budget().work(2L * text.length(), WEIGHT * text.length());
                    return function.apply(text);
                },
                Parameter.STRING);
    }

    static String text(Value value) {
        return ((Text) value).value();
    }

    /** Each code point by itself: one never becomes several. */
    private static String mapped(String text, boolean upper) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            out.appendCodePoint(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return out.toString();
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == ' ' || c == '\u0085' || c == '\u00a0' || (c > 0xff && isSeparator(c));
    }

    private static boolean isSeparator(char c) {
        int type = Character.getType(c);
        return type == Character.SPACE_SEPARATOR
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    static Value join(Environment environment, Value[] values) {
        return join(environment, text(values[0]), (Items) values[1]);
    }

    static Value join(Environment environment, String separator, Items items) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < items.list().size(); i++) {
            if (i > 0) {
                out.append(separator);
            }
            String item = items.text(i);
            environment.budget().work(out.length() + (long) item.length(), separator.length() + (long) item.length());
            out.append(item);
        }
        return Text.of(Bytes.rejoin(out.toString()));
    }

    private static Value match(Environment environment, Value[] values) throws FunctionException {
        String text = text(values[1]);
        SearchRegex regex = regex(environment, text(values[0]), "");
        return Bool.of(regex.finds(searched(environment, regex, text)));
    }

    private static Value replace(Environment environment, Value[] values) throws FunctionException {
        String pattern = text(values[0]);
        SearchRegex regex = regex(environment, pattern, "regexp: Compile(`" + pattern + "`): ");
        String text = searched(environment, regex, text(values[2]));
        String replaced =
                regex.replaceAll(text, text(values[1]), environment.budget().maxLength());
        environment.budget().work(replaced.length());
        return Text.of(replaced);
    }

    /** RE2 takes linear time, but much of it for each character, at worst for each step of the expression. */
    private static String searched(Environment environment, SearchRegex regex, String text) {
        environment.budget().work(text.length(), Math.max(64, 2 * regex.stepsPerCharacter()) * text.length());
        return Bytes.valid(text);
    }

    private static SearchRegex regex(Environment environment, String pattern, String prefix) throws FunctionException {
        environment.budget().work(pattern.length(), 256L * pattern.length());
        try {
            SearchRegex regex = SearchRegex.compile(pattern);
            environment.budget().work(0, 2 * regex.compiling());
            return regex;
        } catch (InvalidMatcherException e) {
            throw new FunctionException(prefix + e.getMessage());
        }
    }
}
