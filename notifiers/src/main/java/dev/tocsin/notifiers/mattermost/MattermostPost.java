package dev.tocsin.notifiers.mattermost;

import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.mattermost.MattermostMessage.Attachment;
import dev.tocsin.notifiers.mattermost.MattermostMessage.Field;
import dev.tocsin.notifiers.mattermost.MattermostMessage.Priority;
import dev.tocsin.notifiers.payload.Rendering;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the body of a post (notifiers contract section 1.18). Used for one attempt. */
final class MattermostPost {
    private static final int MAX_TEXT = 16_383;
    private static final Set<String> PRIORITIES = Set.of("urgent", "important", "standard");

    private final MattermostMessage message;
    private final Rendering rendering;
    private final GoJson json = new GoJson();

    MattermostPost(MattermostMessage message, Rendering rendering) {
        this.message = message;
        this.rendering = rendering;
    }

    /** The body with its line feed; useless if {@code rendering} failed. */
    byte[] write() {
        boolean flat = message.attachments().isEmpty();
        json.openObject();
        if (!flat) {
            json.textIfSet("text", rendering.runes("text", message.flat().text(), MAX_TEXT));
        }
        text("channel", message.channel());
        text("username", message.username());
        text("icon_url", message.iconUrl());
        text("icon_emoji", message.iconEmoji());
        json.name("attachments").openList();
        for (Attachment attachment : flat ? List.of(message.flat()) : message.attachments()) {
            attachment(attachment);
        }
        json.closeList();
        text("type", message.type());
        card();
        Priority priority = message.priority();
        if (priority != null) {
            priority(priority);
        }
        return json.closeObject().line();
    }

    private void text(String name, String template) {
        json.textIfSet(name, rendering.text(template));
    }

    private void attachment(Attachment attachment) {
        json.openObject();
        text("fallback", attachment.fallback());
        text("color", attachment.color());
        text("pretext", attachment.pretext());
        text("text", attachment.text());
        text("author_name", attachment.authorName());
        text("author_link", attachment.authorLink());
        text("author_icon", attachment.authorIcon());
        text("title", attachment.title());
        text("title_link", attachment.titleLink());
        if (!attachment.fields().isEmpty()) {
            json.name("fields").openList();
            attachment.fields().forEach(this::field);
            json.closeList();
        }
        text("thumb_url", attachment.thumbUrl());
        text("footer", attachment.footer());
        text("footer_icon", attachment.footerIcon());
        text("image_url", attachment.imageUrl());
        json.closeObject();
    }

    private void field(Field field) {
        json.openObject();
        text("title", field.title());
        text("value", field.value());
        Boolean narrow = field.narrow();
        if (narrow != null) {
            json.name("short").bool(narrow);
        }
        json.closeObject();
    }

    private void card() {
        String template = message.card();
        String card = template == null ? "" : rendering.text(template);
        if (!card.isEmpty()) {
            json.name("props").openObject().text("card", card).closeObject();
        }
    }

    /** Only urgent posts may notify again and again, standard ones cannot ask for an acknowledgement. */
    private void priority(Priority asked) {
        String level = rendering.text(asked.priority()).toLowerCase(Locale.ROOT);
        if (level.isEmpty()) {
            return;
        }
        String known = PRIORITIES.contains(level) ? level : "standard";
        json.name("priority").openObject().text("priority", known);
        if (asked.requestedAck() && !known.equals("standard")) {
            json.name("requested_ack").bool(true);
        }
        if (asked.persistentNotifications() && known.equals("urgent")) {
            json.name("persistent_notifications").bool(true);
        }
        json.closeObject();
    }
}
