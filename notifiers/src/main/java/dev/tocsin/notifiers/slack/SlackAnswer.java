package dev.tocsin.notifiers.slack;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Slack's answers mean: the status alone does not tell. Apps get JSON, webhooks the word {@code ok}.
 *
 * @param remember whether to keep by what the message can be updated
 * @param kept what is kept of the message that is updated; empty for a new one
 */
record SlackAnswer(boolean remember, Map<String, ReceiverValue> kept) {
    /** The names under which the notification log keeps it. */
    static final String TIMESTAMP = "threadTs";

    static final String CHANNEL = "channelId";

    Outcome judge(OutboundResult.Answer answer) {
        if (!answer.success()) {
            return StatusRule.refused(answer);
        }
        if (answer.field("Content-Type").startsWith("application/json")) {
            return json(answer);
        }
        return answer.body().equals("ok")
                ? StatusRule.accepted(answer)
                : refused("received an error response from Slack: " + answer.body());
    }

    private Outcome json(OutboundResult.Answer answer) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonText.object(answer.body());
        } catch (InvalidJsonException e) {
            return new Outcome.Retryable(
                    FailureReason.CLIENT_ERROR,
                    "could not unmarshal JSON response " + GoQuote.quote(answer.body()) + ": " + e.getMessage(),
                    true,
                    false);
        }
        if (!Boolean.TRUE.equals(object.get("ok"))) {
            return refused("error response from Slack: " + Objects.requireNonNullElse(object.get("error"), ""));
        }
        Map<String, ReceiverValue> data = new HashMap<>(kept);
        if (remember && object.get("ts") instanceof String timestamp && object.get("channel") instanceof String id) {
            data.put(TIMESTAMP, new ReceiverValue.Text(timestamp));
            data.put(CHANNEL, new ReceiverValue.Text(id));
        }
        return new Outcome.Delivered(StatusRule.said(answer), Map.copyOf(data));
    }

    private static Outcome refused(String message) {
        return new Outcome.Permanent(FailureReason.CLIENT_ERROR, message);
    }
}
