package dev.tocsin.notifiers.rocketchat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says. The texts are templates; empty ones are left out.
 *
 * @param shortFields whether others may stand beside a field that does not say it itself
 * @param linkNames printed, without effect
 */
public record RocketchatMessage(
        String channel,
        String color,
        String title,
        String titleLink,
        String text,
        List<Field> fields,
        boolean shortFields,
        String emoji,
        String iconUrl,
        String imageUrl,
        String thumbUrl,
        boolean linkNames,
        List<Action> actions) {

    /** Copies the lists. */
    public RocketchatMessage {
        fields = List.copyOf(fields);
        actions = List.copyOf(actions);
    }

    /**
     * A field of the attachment.
     *
     * @param narrow whether others may stand beside it ({@code short}); null if not said
     */
    public record Field(
            String title, String value, @Nullable Boolean narrow) {}

    /** A button. Only text, address and message are sent; the rest is printed, without effect. */
    public record Action(
            String type,
            String text,
            String url,
            String imageUrl,
            boolean webView,
            String webViewHeightRatio,
            String msg,
            boolean msgInChatWindow,
            String msgProcessingType) {}
}
