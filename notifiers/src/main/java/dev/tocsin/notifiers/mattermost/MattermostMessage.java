package dev.tocsin.notifiers.mattermost;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a post says. All texts are templates; empty ones are left out of the post.
 *
 * @param flat the attachment that stands directly in the integration's map; used if there are no others. With others
 *     only its text counts, as the text above them
 * @param attachments may be empty
 * @param card the text behind {@code props.card}; null without {@code props}
 * @param priority null for none
 */
public record MattermostMessage(
        String channel,
        String username,
        String iconUrl,
        String iconEmoji,
        String type,
        Attachment flat,
        List<Attachment> attachments,
        @Nullable String card,
        @Nullable Priority priority) {

    /** Copies the list. */
    public MattermostMessage {
        attachments = List.copyOf(attachments);
    }

    /** One attachment. */
    public record Attachment(
            String fallback,
            String color,
            String pretext,
            String text,
            String authorName,
            String authorLink,
            String authorIcon,
            String title,
            String titleLink,
            List<Field> fields,
            String thumbUrl,
            String footer,
            String footerIcon,
            String imageUrl) {

        /** Copies the list. */
        public Attachment {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A field of an attachment.
     *
     * @param narrow whether others may stand beside it ({@code short}); null if not said
     */
    public record Field(
            String title, String value, @Nullable Boolean narrow) {}

    /** How urgent a post is, and what is asked of its readers. */
    public record Priority(String priority, boolean requestedAck, boolean persistentNotifications) {}
}
