package dev.tocsin.notifiers.slack;

import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.notifiers.slack.SlackMessage.Action;
import dev.tocsin.notifiers.slack.SlackMessage.Confirmation;
import dev.tocsin.notifiers.slack.SlackMessage.Field;
import java.util.List;
import java.util.function.Function;

/** Reads what a message says. Not for several threads. */
final class SlackDecoder {
    private final YamlProblems problems;

    SlackDecoder(YamlProblems problems) {
        this.problems = problems;
    }

    SlackMessage message(YamlFields fields) {
        return new SlackMessage(
                fields.string("channel"),
                byDefault(fields, "username", "username"),
                byDefault(fields, "color", "color"),
                byDefault(fields, "title", "title"),
                byDefault(fields, "title_link", "titlelink"),
                byDefault(fields, "pretext", "pretext"),
                byDefault(fields, "text", "text"),
                fields.string("message_text"),
                given(fields, "fields", "*config.SlackField", SlackDecoder::field),
                fields.bool("short_fields", false),
                byDefault(fields, "footer", "footer"),
                byDefault(fields, "fallback", "fallback"),
                byDefault(fields, "callback_id", "callbackid"),
                byDefault(fields, "icon_emoji", "iconemoji"),
                byDefault(fields, "icon_url", "iconurl"),
                fields.string("image_url"),
                fields.string("thumb_url"),
                fields.bool("link_names", false),
                fields.strings("mrkdwn_in"),
                given(fields, "actions", "*config.SlackAction", SlackDecoder::action));
    }

    private static String byDefault(YamlFields fields, String key, String template) {
        return fields.string(key, "{{ template \"slack.default." + template + "\" . }}");
    }

    /** The items of a list that are not null: a null says nothing. */
    private <T> List<T> given(YamlFields fields, String key, String goType, Function<YamlFields, T> reader) {
        return fields.list(key, goType, node -> node).stream()
                .filter((YamlNode node) -> !node.isNull())
                .map(node -> problems.struct(node, "config.plain", reader))
                .toList();
    }

    private static Field field(YamlFields fields) {
        Field field = new Field(
                fields.string("title"),
                fields.string("value"),
                fields.has("short") ? fields.bool("short", false) : null);
        require(field.title(), "title in Slack field", fields);
        require(field.value(), "value in Slack field", fields);
        return field;
    }

    /** A button with a link has no use for the parts that an app hears of. */
    private static Action action(YamlFields fields) {
        String type = fields.string("type");
        String text = fields.string("text");
        String url = fields.string("url");
        String style = fields.string("style");
        String name = fields.string("name");
        String value = fields.string("value");
        Confirmation confirm = fields.struct("confirm", "config.plain", SlackDecoder::confirmation);
        require(type, "type in Slack action", fields);
        require(text, "text in Slack action", fields);
        require(url + name, "name or url in Slack action", fields);
        return url.isEmpty()
                ? new Action(type, text, url, style, name, value, confirm)
                : new Action(type, text, url, style, "", "", null);
    }

    private static Confirmation confirmation(YamlFields fields) {
        Confirmation confirmation = new Confirmation(
                fields.string("text"), fields.string("title"), fields.string("ok_text"), fields.string("dismiss_text"));
        require(confirmation.text(), "text in Slack confirmation", fields);
        return confirmation;
    }

    private static void require(String value, String what, YamlFields fields) {
        if (value.isEmpty()) {
            fields.refuse("missing " + what + " configuration");
        }
    }
}
