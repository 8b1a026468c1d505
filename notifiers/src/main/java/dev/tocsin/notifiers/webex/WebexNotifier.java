package dev.tocsin.notifiers.webex;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.payload.Truncation;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts messages to Webex. Safe for many threads. */
final class WebexNotifier implements Notifier {
    private static final Logger log = LoggerFactory.getLogger(WebexNotifier.class);
    private static final int MAX_MESSAGE_BYTES = 7439;

    private final WebexConfig config;
    private final Url apiUrl;
    private final IntegrationClient client;
    private final TemplateSet templates;

    /** @param config complete */
    WebexNotifier(WebexConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.apiUrl = Objects.requireNonNull(config.apiUrl());
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        String message = message(notification, rendering.text(config.message()));
        String roomId = rendering.text(config.roomId());
        if (rendering.failed()) {
            return rendering.refused("");
        }
        GoJson json = new GoJson().openObject();
        json.text("markdown", message);
        json.textIfSet("roomId", roomId);
        byte[] body = json.closeObject().line();
        return client.deliver(OutboundRequest.json(apiUrl, notification, body), deadline, StatusRule::judge);
    }

    private static String message(Notification notification, String text) {
        String kept = Truncation.bytes(text, MAX_MESSAGE_BYTES);
        if (kept.length() < text.length()) {
            log.atWarn()
                    .addKeyValue("integration", notification.integration())
                    .addKeyValue("key", notification.groupKey())
                    .addKeyValue("max_bytes", MAX_MESSAGE_BYTES)
                    .log("Truncated message");
        }
        return kept;
    }

    @Override
    public void close() {
        client.close();
    }
}
