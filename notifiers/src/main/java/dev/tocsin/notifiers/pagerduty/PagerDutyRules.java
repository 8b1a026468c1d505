package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.notifiers.http.OutboundResult;
import dev.tocsin.notifiers.http.Secrets;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What events of both versions have in common. Stateless. */
final class PagerDutyRules {
    private static final Logger log = LoggerFactory.getLogger(PagerDutyRules.class);
    private static final int MAX_EVENT_BYTES = 512_000;

    static final int MAX_SUMMARY = 1024;

    private PagerDutyRules() {}

    /** The key, rendered; a file is read anew. */
    static String key(SecretSource source, Rendering rendering) throws IOException {
        return rendering.text(
                source.inline().isEmpty()
                        ? Secrets.file(source.file())
                        : source.inline().reveal());
    }

    /**
     * The body, with a note instead of the details if it would be too large.
     *
     * @param body makes the body with the details it gets
     */
    static byte[] bounded(
            Notification notification, @Nullable Object details, Function<@Nullable Object, byte[]> body) {
        byte[] whole = body.apply(details);
        if (whole.length <= MAX_EVENT_BYTES) {
            return whole;
        }
        log.atWarn()
                .addKeyValue("integration", notification.integration())
                .addKeyValue("key", notification.groupKey())
                .addKeyValue("bytes", whole.length)
                .log("Truncated details");
        return body.apply(Map.of(
                "error",
                "Custom details have been removed because the original event exceeds the maximum size of 512KB"));
    }

    /** What PagerDuty found wrong with an event; empty if it does not say. */
    static String detail(OutboundResult.Answer answer) {
        if (answer.status() != 400) {
            return "";
        }
        try {
            Map<String, @Nullable Object> object = JsonText.object(answer.body());
            String errors = object.get("errors") instanceof List<?> list
                    ? String.join(",", list.stream().map(String::valueOf).toList())
                    : "";
            return Objects.requireNonNullElse(object.get("message"), "") + ": " + errors;
        } catch (InvalidJsonException e) {
            return "";
        }
    }
}
