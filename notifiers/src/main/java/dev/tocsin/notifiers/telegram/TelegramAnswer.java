package dev.tocsin.notifiers.telegram;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Telegram's answers mean: only the body tells. Whatever is no success is tried again. Stateless. */
final class TelegramAnswer {
    private static final int TOO_MANY = 429;

    /** Descriptions of which messages keep only what stands after the colon. */
    private static final Set<String> SHORTENED = Set.of(
            "Bad Request: chat not found",
            "Bad Request: message must be non-empty",
            "Bad Request: message is too long",
            "Bad Request: text is empty",
            "Bad Request: have no rights to send a message",
            "Bad Request: group chat was upgraded to a supergroup chat",
            "Forbidden: bot can't initiate conversation with a user",
            "Forbidden: bot was blocked by the user",
            "Forbidden: bot was kicked from the group chat",
            "Forbidden: bot was kicked from the supergroup chat",
            "Forbidden: user is deactivated");

    private TelegramAnswer() {}

    static Outcome judge(OutboundResult.Answer answer) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonText.object(answer.body());
        } catch (InvalidJsonException e) {
            return new Outcome.Retryable(FailureReason.OTHER, "telebot: " + e.getMessage(), answer.success(), false);
        }
        if (Boolean.TRUE.equals(object.get("ok"))) {
            return StatusRule.accepted(answer);
        }
        int code = object.get("error_code") instanceof Number number ? number.intValue() : 0;
        String description = object.get("description") instanceof String text ? text : "";
        FailureReason reason = code == 0 ? FailureReason.OTHER : FailureReason.ofStatus(code);
        String message = "telegram: " + shortened(code, description) + " (" + code + ")";
        return new Outcome.Retryable(reason, message, answer.success(), false);
    }

    private static String shortened(int code, String description) {
        int colon = description.indexOf(": ");
        boolean known = SHORTENED.contains(description) || code == TOO_MANY;
        return known && colon >= 0 ? description.substring(colon + 2) : description;
    }
}
