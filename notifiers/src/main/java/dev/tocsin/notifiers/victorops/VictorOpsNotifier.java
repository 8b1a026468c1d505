package dev.tocsin.notifiers.victorops;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Posts to VictorOps. Safe for many threads. */
final class VictorOpsNotifier implements Notifier {
    private static final int MAX_STATE_MESSAGE = 20_480;
    private static final Set<String> FIRING_TYPES = Set.of("INFO", "WARNING", "CRITICAL");

    private final VictorOpsConfig config;
    private final Url apiUrl;
    private final IntegrationClient client;
    private final TemplateSet templates;

    /** @param config complete */
    VictorOpsNotifier(VictorOpsConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.apiUrl = Objects.requireNonNull(config.apiUrl());
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        Url url;
        try {
            url = apiUrl.append(apiKey() + "/" + rendering.text(config.routingKey()));
        } catch (IOException e) {
            return StatusRule.permanent("failed to read API key from file: " + e.getMessage());
        }
        if (rendering.failed()) {
            return rendering.refused("templating error: ");
        }
        byte[] body = new GoJson().any(message(notification, rendering)).line();
        if (rendering.failed()) { // tried again: that is how Alertmanager has it
            return StatusRule.retryable("templating error: " + rendering.error());
        }
        return client.deliver(OutboundRequest.json(url, notification, body), deadline, StatusRule::judge);
    }

    private String apiKey() throws IOException {
        String inline = config.apiKey().inline().reveal();
        return inline.isEmpty() ? Secrets.file(config.apiKey().file()) : inline;
    }

    private Map<String, String> message(Notification notification, Rendering rendering) {
        Map<String, String> message = new HashMap<>();
        config.customFields().forEach((name, template) -> message.put(name, rendering.text(template)));
        message.put("entity_id", KeyHash.of(notification));
        message.put("message_type", type(rendering));
        message.put("entity_display_name", rendering.text(config.entityDisplayName()));
        message.put("state_message", rendering.runes("stateMessage", config.stateMessage(), MAX_STATE_MESSAGE));
        message.put("monitoring_tool", rendering.text(config.monitoringTool()));
        return message;
    }

    private String type(Rendering rendering) {
        String type = rendering.text(config.messageType());
        if (!rendering.data().firing()) {
            return "RECOVERY";
        }
        return FIRING_TYPES.contains(type) ? type : "CRITICAL";
    }

    @Override
    public void close() {
        client.close();
    }
}
