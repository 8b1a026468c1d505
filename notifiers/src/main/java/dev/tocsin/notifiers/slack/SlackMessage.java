package dev.tocsin.notifiers.slack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says. The texts are templates.
 *
 * @param text of the attachment
 * @param messageText above the attachment
 * @param shortFields whether others may stand beside a field that does not say it itself
 * @param linkNames whether Slack turns names into links
 * @param mrkdwnIn the parts that Slack formats; no templates; empty for the usual ones
 */
public record SlackMessage(
        String channel,
        String username,
        String color,
        String title,
        String titleLink,
        String pretext,
        String text,
        String messageText,
        List<Field> fields,
        boolean shortFields,
        String footer,
        String fallback,
        String callbackId,
        String iconEmoji,
        String iconUrl,
        String imageUrl,
        String thumbUrl,
        boolean linkNames,
        List<String> mrkdwnIn,
        List<Action> actions) {

    /** Copies the lists. */
    public SlackMessage {
        fields = List.copyOf(fields);
        mrkdwnIn = List.copyOf(mrkdwnIn);
        actions = List.copyOf(actions);
    }

    /**
     * A field of the attachment.
     *
     * @param narrow whether others may stand beside it ({@code short}); null if not said
     */
    public record Field(
            String title, String value, @Nullable Boolean narrow) {}

    /**
     * A button: either a link, or one that an app hears of.
     *
     * @param confirm what is asked first; null for nothing
     */
    public record Action(
            String type,
            String text,
            String url,
            String style,
            String name,
            String value,
            @Nullable Confirmation confirm) {}

    /** A question before an action. */
    public record Confirmation(String text, String title, String okText, String dismissText) {}
}
