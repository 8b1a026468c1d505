package dev.tocsin.notifiers.incidentio;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import dev.tocsin.notifiers.payload.WebhookBody;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts alerts to incident.io. Safe for many threads. */
final class IncidentioNotifier implements Notifier {
    private static final Logger log = LoggerFactory.getLogger(IncidentioNotifier.class);
    private static final Set<Integer> ALSO_RETRIED = Set.of(429);
    private static final int MAX_BODY_BYTES = 512 << 10;

    private final IncidentioConfig config;
    private final IntegrationClient client;

    IncidentioNotifier(IncidentioConfig config, IntegrationClient client) {
        this.config = config;
        this.client = client;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Url url;
        try {
            url = config.url() == null ? Url.parse(Secrets.file(config.urlFile())) : config.url();
        } catch (IOException e) {
            return StatusRule.permanent("read url_file: " + e.getMessage());
        } catch (InvalidValueException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
        return client.deliver(
                OutboundRequest.json(url, notification, body(notification)),
                deadline,
                config.timeout(),
                IncidentioNotifier::judge);
    }

    /** If it is too long only the first alert is listed; what is still too long then is for incident.io to refuse. */
    private byte[] body(Notification notification) {
        byte[] body = WebhookBody.write(notification, "1", config.maxAlerts());
        if (body.length <= MAX_BODY_BYTES) {
            return body;
        }
        byte[] shorter = WebhookBody.write(notification, "1", config.maxAlerts(), 1);
        log.atWarn()
                .addKeyValue("integration", notification.integration())
                .addKeyValue("key", notification.groupKey())
                .addKeyValue("bytes", body.length)
                .addKeyValue("sent_bytes", shorter.length)
                .addKeyValue("max_bytes", MAX_BODY_BYTES)
                .log("Truncated the alerts to the first one");
        return shorter;
    }

    private static Outcome judge(OutboundResult.Answer answer) {
        return answer.success()
                ? StatusRule.accepted(answer)
                : StatusRule.refused(answer, ALSO_RETRIED, detail(answer.body()));
    }

    /** What incident.io says is wrong; empty if it says nothing that can be read. */
    private static String detail(String body) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonText.object(body);
        } catch (InvalidJsonException e) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (String name : List.of("message", "error")) {
            if (object.get(name) instanceof String text && !text.isEmpty()) {
                parts.add(text);
            }
        }
        if (object.get("errors") instanceof List<?> errors && !errors.isEmpty()) {
            parts.add(String.join(", ", errors.stream().map(String::valueOf).toList()));
        }
        return String.join(": ", parts);
    }

    @Override
    public void close() {
        client.close();
    }
}
