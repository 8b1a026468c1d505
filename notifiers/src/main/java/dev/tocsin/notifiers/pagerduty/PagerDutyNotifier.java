package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.payload.YamlLeaves;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events. Safe for many threads. */
final class PagerDutyNotifier implements Notifier {
    private static final Logger log = LoggerFactory.getLogger(PagerDutyNotifier.class);
    private static final int MAX_EVENT_BYTES = 512_000;

    private final PagerDutyConfig config;
    private final PagerDutyVersion version;
    private final IntegrationClient client;
    private final TemplateSet templates;

    PagerDutyNotifier(
            PagerDutyConfig config, PagerDutyVersion version, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.version = version;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        Object details = YamlLeaves.replace(config.event().details(), rendering::text);
        if (rendering.failed()) {
            return rendering.refused("failed to render details: ");
        }
        String key;
        byte[] body;
        try {
            key = key(rendering);
            body = body(notification, rendering, key, details);
        } catch (IOException e) {
            return StatusRule.permanent("failed to read " + version.keyName() + " from file: " + e.getMessage());
        } catch (IllegalArgumentException e) { // a number that JSON has not
            return StatusRule.permanent("failed to encode PagerDuty " + version.name() + " message: " + e.getMessage());
        }
        if (rendering.failed()) {
            return rendering.refused("failed to template PagerDuty " + version.name() + " message: ");
        }
        if (key.isEmpty()) {
            return StatusRule.permanent(version.keyName() + " cannot be empty");
        }
        OutboundRequest request =
                OutboundRequest.json(version.url(), notification, body).openly().hiding(key);
        return switch (client.exchange(request, deadline, config.timeout())) {
            case OutboundResult.Answer answer ->
                answer.success() ? StatusRule.accepted(answer) : version.refused(answer);
            case OutboundResult.Failure failure ->
                StatusRule.prefixed(
                        "failed to post message to " + version.service() + ": ", StatusRule.failed(failure, request));
        };
    }

    /** Rendered; a file is read anew. */
    private String key(Rendering rendering) throws IOException {
        SecretSource source = version.key();
        return rendering.text(
                source.inline().isEmpty()
                        ? Secrets.file(source.file())
                        : source.inline().reveal());
    }

    /** A note stands instead of the details if the event would be too large. */
    private byte[] body(Notification notification, Rendering rendering, String key, @Nullable Object details) {
        byte[] whole = version.body(notification, rendering, key, details);
        if (whole.length <= MAX_EVENT_BYTES) {
            return whole;
        }
        log.atWarn()
                .addKeyValue("integration", notification.integration())
                .addKeyValue("key", notification.groupKey())
                .addKeyValue("bytes", whole.length)
                .log("Truncated details");
        Object note = Map.of(
                "error",
                "Custom details have been removed because the original event exceeds the maximum size of 512KB");
        return version.body(notification, rendering, key, note);
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

    @Override
    public void close() {
        client.close();
    }
}
