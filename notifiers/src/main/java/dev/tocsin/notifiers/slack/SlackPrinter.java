package dev.tocsin.notifiers.slack;

import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.notifiers.slack.SlackMessage.Action;
import dev.tocsin.notifiers.slack.SlackMessage.Confirmation;
import dev.tocsin.notifiers.slack.SlackMessage.Field;

/** Prints what a message says, in Alertmanager's order. Stateless. */
final class SlackPrinter {
    private SlackPrinter() {}

    static void print(SlackMessage message, YamlMapping out) {
        out.textIfSet("channel", message.channel())
                .textIfSet("username", message.username())
                .textIfSet("color", message.color())
                .textIfSet("title", message.title())
                .textIfSet("title_link", message.titleLink())
                .textIfSet("pretext", message.pretext())
                .textIfSet("text", message.text())
                .textIfSet("message_text", message.messageText())
                .mappingsIfAny("fields", message.fields(), SlackPrinter::field)
                .bool("short_fields", message.shortFields())
                .textIfSet("footer", message.footer())
                .textIfSet("fallback", message.fallback())
                .textIfSet("callback_id", message.callbackId())
                .textIfSet("icon_emoji", message.iconEmoji())
                .textIfSet("icon_url", message.iconUrl())
                .textIfSet("image_url", message.imageUrl())
                .textIfSet("thumb_url", message.thumbUrl())
                .bool("link_names", message.linkNames())
                .textsIfAny("mrkdwn_in", message.mrkdwnIn())
                .mappingsIfAny("actions", message.actions(), SlackPrinter::action);
    }

    private static void field(Field field, YamlMapping out) {
        out.textIfSet("title", field.title()).textIfSet("value", field.value());
        Boolean narrow = field.narrow();
        if (narrow != null) {
            out.bool("short", narrow);
        }
    }

    private static void action(Action action, YamlMapping out) {
        out.textIfSet("type", action.type())
                .textIfSet("text", action.text())
                .textIfSet("url", action.url())
                .textIfSet("style", action.style())
                .textIfSet("name", action.name())
                .textIfSet("value", action.value());
        Confirmation confirm = action.confirm();
        if (confirm != null) {
            out.mapping(
                    "confirm",
                    block -> block.textIfSet("text", confirm.text())
                            .textIfSet("title", confirm.title())
                            .textIfSet("ok_text", confirm.okText())
                            .textIfSet("dismiss_text", confirm.dismissText()));
        }
    }
}
