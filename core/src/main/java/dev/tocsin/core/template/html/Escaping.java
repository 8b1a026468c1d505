package dev.tocsin.core.template.html;

import dev.tocsin.core.template.exec.Functions.Escaper;
import dev.tocsin.core.template.print.GoFormat;
import dev.tocsin.core.template.print.ValueJson;
import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.ItemsType;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.Moment;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.TextType;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions that the HTML engine appends to pipelines. No template can name them. Stateless. */
public final class Escaping {
    static final String TEXT = "_html_text";
    static final String RCDATA = "_html_rcdata";
    static final String ATTRIBUTE = "_html_attribute";
    static final String UNQUOTED = "_html_unquoted";
    static final String ATTRIBUTE_NAME = "_html_name";
    static final String URL_FILTER = "_html_url_filter";
    static final String URL_NORMALIZE = "_html_url";
    static final String URL_ENCODE = "_html_url_part";
    static final String SRCSET = "_html_srcset";
    static final String SCRIPT_VALUE = "_html_script_value";
    static final String SCRIPT_STRING = "_html_script_string";
    static final String SCRIPT_TEMPLATE = "_html_script_template";
    static final String STYLE_VALUE = "_html_style_value";
    static final String STYLE_STRING = "_html_style_string";
    static final String COMMENT = "_html_comment";
    static final String JOIN = "_html_join";

    private Escaping() {}

    /** All of them by name. */
    public static Map<String, Escaper> functions() {
        Map<String, Escaper> all = new HashMap<>();
        all.put(TEXT, (budget, values) -> html(text(budget, values), false));
        all.put(RCDATA, (budget, values) -> {
            Text text = text(budget, values);
            return HtmlText.escape(
                    text.value(), text.kind() == TextType.HTML ? HtmlText.Style.NORMALIZED : HtmlText.Style.FULL);
        });
        all.put(ATTRIBUTE, (budget, values) -> html(text(budget, values), true));
        all.put(UNQUOTED, (budget, values) -> unquoted(text(budget, values)));
        all.put(ATTRIBUTE_NAME, (budget, values) -> {
            String name = text(budget, values).value().toLowerCase(Locale.ROOT);
            return Attributes.canBePrinted(name) ? name : CodeText.UNSAFE;
        });
        all.put(URL_FILTER, (budget, values) -> {
            Text url = text(budget, values);
            return url.kind() == TextType.URL || UrlText.isSafe(url.value()) ? url.value() : UrlText.UNSAFE;
        });
        all.put(
                URL_NORMALIZE,
                (budget, values) -> UrlText.encode(text(budget, values).value(), true));
        all.put(URL_ENCODE, (budget, values) -> {
            Text part = text(budget, values);
            return UrlText.encode(part.value(), part.kind() == TextType.URL);
        });
        all.put(SRCSET, (budget, values) -> {
            Text images = text(budget, values);
            // One trusted address: commas would separate it from others.
            return images.kind() == TextType.URL
                    ? UrlText.encode(images.value(), true).replace(",", "%2c")
                    : UrlText.srcset(images.value());
        });
        all.put(SCRIPT_VALUE, Escaping::scriptValue);
        all.put(
                SCRIPT_STRING,
                (budget, values) -> CodeText.script(text(budget, values).value(), false));
        all.put(
                SCRIPT_TEMPLATE,
                (budget, values) -> CodeText.script(text(budget, values).value(), true));
        all.put(
                STYLE_VALUE,
                (budget, values) -> CodeText.styleValue(text(budget, values).value()));
        all.put(
                STYLE_STRING,
                (budget, values) -> CodeText.style(text(budget, values).value()));
        all.put(COMMENT, (budget, values) -> "");
        all.put(JOIN, (budget, values) -> text(budget, values).value());
        all.replaceAll((name, escaper) -> bounded(escaper));
        return all;
    }

    private static Escaper bounded(Escaper escaper) {
        return (budget, values) -> {
            String escaped = escaper.escape(budget, values);
            budget.work(escaped.length());
            return escaped;
        };
    }

    /** The text of what a pipeline came to; nothing at all prints nothing. */
    private static Text text(Budget budget, List<Value> values) {
        if (values.size() == 1) {
            return switch (values.getFirst()) {
                case Text text -> text;
                case Nil nil -> Text.EMPTY;
                case Value value -> Text.of(GoFormat.value(budget, value));
            };
        }
        List<Value> present =
                values.stream().filter(value -> !(value instanceof Nil)).toList();
        return Text.of(GoFormat.print(budget, present));
    }

    private static String html(Text text, boolean attribute) {
        if (text.kind() != TextType.HTML) {
            return HtmlText.escape(text.value(), HtmlText.Style.FULL);
        }
        return attribute
                ? HtmlText.escape(HtmlText.withoutTags(text.value()), HtmlText.Style.NORMALIZED)
                : text.value();
    }

    private static String unquoted(Text text) {
        if (text.value().isEmpty()) {
            return CodeText.UNSAFE;
        }
        return text.kind() == TextType.HTML
                ? HtmlText.escape(HtmlText.withoutTags(text.value()), HtmlText.Style.UNQUOTED_NORMALIZED)
                : HtmlText.escape(text.value(), HtmlText.Style.UNQUOTED);
    }

    /** A literal of JavaScript. What has a text of its own is a string. */
    private static String scriptValue(Budget budget, List<Value> values) {
        Value value = values.size() == 1 ? values.getFirst() : Text.of(GoFormat.print(budget, values));
        boolean string = switch (value) {
            case Text text -> true;
            case KeyValues labels -> true;
            case Items items -> items.kind() == ItemsType.PAIRS;
            case Whole whole -> whole.text() != null;
            default -> false;
        };
        try {
            String json = ValueJson.write(budget, string ? Text.of(GoFormat.value(budget, value)) : value);
            boolean bounded = string || value instanceof Moment || json.startsWith("[") || json.startsWith("{");
            return bounded ? json : " " + json + " ";
        } catch (FunctionException e) {
            return " null ";
        }
    }
}
