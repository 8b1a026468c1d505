package dev.tocsin.notifiers.slack;

import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.slack.SlackMessage.Action;
import dev.tocsin.notifiers.slack.SlackMessage.Confirmation;
import dev.tocsin.notifiers.slack.SlackMessage.Field;
import java.util.List;

/** Writes the body of a message (notifiers contract section 1.4). Used for one attempt. */
final class SlackPost {
    private static final int MAX_TITLE = 1024;
    private static final List<String> FORMATTED = List.of("fallback", "pretext", "text");

    private final SlackMessage message;
    private final Rendering rendering;
    private final GoJson json = new GoJson();

    SlackPost(SlackMessage message, Rendering rendering) {
        this.message = message;
        this.rendering = rendering;
    }

    /**
     * The body with its line feed; useless if the rendering failed.
     *
     * @param channel where it appears; may be empty
     * @param timestamp of the message that is updated; empty for a new one
     */
    byte[] write(String channel, String timestamp) {
        json.openObject();
        json.textIfSet("channel", channel);
        json.textIfSet("ts", timestamp);
        text("username", message.username());
        text("icon_emoji", message.iconEmoji());
        text("icon_url", message.iconUrl());
        if (message.linkNames()) {
            json.name("link_names").bool(true);
        }
        text("text", message.messageText());
        json.name("attachments").openList();
        attachment();
        return json.closeList().closeObject().line();
    }

    private void text(String name, String template) {
        json.textIfSet(name, rendering.text(template));
    }

    private void attachment() {
        json.openObject();
        json.textIfSet("title", rendering.runes("title", message.title(), MAX_TITLE));
        text("title_link", message.titleLink());
        text("pretext", message.pretext());
        json.text("text", rendering.text(message.text()));
        json.text("fallback", rendering.text(message.fallback()));
        json.text("callback_id", rendering.text(message.callbackId()));
        if (!message.fields().isEmpty()) {
            json.name("fields").openList();
            message.fields().forEach(this::field);
            json.closeList();
        }
        if (!message.actions().isEmpty()) {
            json.name("actions").openList();
            message.actions().forEach(this::action);
            json.closeList();
        }
        text("image_url", message.imageUrl());
        text("thumb_url", message.thumbUrl());
        json.text("footer", rendering.text(message.footer()));
        text("color", message.color());
        json.textsIfAny("mrkdwn_in", message.mrkdwnIn().isEmpty() ? FORMATTED : message.mrkdwnIn());
        json.closeObject();
    }

    private void field(Field field) {
        Boolean narrow = field.narrow();
        json.openObject();
        text("title", field.title());
        text("value", field.value());
        json.name("short").bool(narrow == null ? message.shortFields() : narrow);
        json.closeObject();
    }

    private void action(Action action) {
        json.openObject();
        text("type", action.type());
        text("text", action.text());
        text("url", action.url());
        text("style", action.style());
        text("name", action.name());
        text("value", action.value());
        Confirmation confirm = action.confirm();
        if (confirm != null) {
            json.name("confirm").openObject();
            text("text", confirm.text());
            text("title", confirm.title());
            text("ok_text", confirm.okText());
            text("dismiss_text", confirm.dismissText());
            json.closeObject();
        }
        json.closeObject();
    }
}
