package dev.tocsin.notifiers.mattermost;

import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.notifiers.mattermost.MattermostMessage.Attachment;
import dev.tocsin.notifiers.mattermost.MattermostMessage.Field;
import dev.tocsin.notifiers.mattermost.MattermostMessage.Priority;
import java.util.List;

/** Reads what a post says. Not for several threads. */
final class MattermostDecoder {
    private final YamlProblems problems;

    MattermostDecoder(YamlProblems problems) {
        this.problems = problems;
    }

    MattermostMessage message(YamlFields fields) {
        return new MattermostMessage(
                fields.string("channel"),
                fields.string("username", byDefault("username")),
                fields.string("icon_url"),
                fields.string("icon_emoji"),
                fields.string("type"),
                attachment(
                        fields,
                        byDefault("fallback"),
                        byDefault("color"),
                        byDefault("text"),
                        byDefault("title"),
                        byDefault("titlelink")),
                given(fields, "attachments", "*mattermost.MattermostAttachment").stream()
                        .map(node -> problems.struct(
                                node,
                                "mattermost.MattermostAttachment",
                                inner -> attachment(inner, "", "", "", "", "")))
                        .toList(),
                fields.struct("props", "mattermost.MattermostProps", props -> props.string("card")),
                fields.struct("priority", "mattermost.MattermostPriority", MattermostDecoder::priority));
    }

    private static String byDefault(String name) {
        return "{{ template \"mattermost.default." + name + "\" . }}";
    }

    private Attachment attachment(
            YamlFields fields, String fallback, String color, String text, String title, String titleLink) {
        return new Attachment(
                fields.string("fallback", fallback),
                fields.string("color", color),
                fields.string("pretext"),
                fields.string("text", text),
                fields.string("author_name"),
                fields.string("author_link"),
                fields.string("author_icon"),
                fields.string("title", title),
                fields.string("title_link", titleLink),
                given(fields, "fields", "*mattermost.MattermostField").stream()
                        .map(node -> problems.struct(node, "mattermost.plain", MattermostDecoder::field))
                        .toList(),
                fields.string("thumb_url"),
                fields.string("footer"),
                fields.string("footer_icon"),
                fields.string("image_url"));
    }

    /** The items of a list that are not null: a null says nothing. */
    private static List<YamlNode> given(YamlFields fields, String key, String goType) {
        return fields.list(key, goType, node -> node).stream()
                .filter(node -> !node.isNull())
                .toList();
    }

    private static Field field(YamlFields fields) {
        Field field = new Field(
                fields.string("title"),
                fields.string("value"),
                fields.has("short") ? fields.bool("short", false) : null);
        if (field.title().isEmpty()) {
            fields.refuse("missing title in Mattermost field configuration");
        }
        if (field.value().isEmpty()) {
            fields.refuse("missing value in Mattermost field configuration");
        }
        return field;
    }

    private static Priority priority(YamlFields fields) {
        return new Priority(
                fields.string("priority"),
                fields.bool("requested_ack", false),
                fields.bool("persistent_notifications", false));
    }
}
