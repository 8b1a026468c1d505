package dev.tocsin.notifiers.webhook;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateData;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.payload.WebhookBody;
import dev.tocsin.notifiers.payload.YamlLeaves;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Posts notifications as JSON. Safe for many threads. */
final class WebhookNotifier implements Notifier {
    private final WebhookConfig config;
    private final IntegrationClient client;
    private final TemplateSet templates;

    WebhookNotifier(WebhookConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification, told(notification));
        byte[] body;
        String address;
        try {
            body = body(notification, rendering);
            if (rendering.failed()) {
                return rendering.refused("failed to render custom payload: ");
            }
            address =
                    rendering.text(config.urlFile().isEmpty() ? config.url().reveal() : Secrets.file(config.urlFile()));
        } catch (IOException e) {
            return StatusRule.permanent("read url_file: " + e.getMessage());
        } catch (IllegalArgumentException e) { // a payload with a number that JSON has not
            return StatusRule.permanent(String.valueOf(e.getMessage()));
        }
        if (rendering.failed()) {
            return rendering.refused("failed to template webhook URL: ");
        }
        if (address.isEmpty()) {
            return StatusRule.permanent("webhook URL is empty after templating");
        }
        Url url;
        try {
            url = Url.parse(address);
        } catch (InvalidValueException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
        OutboundRequest request = OutboundRequest.json(url, notification, body);
        return client.deliver(request, deadline, config.timeout(), StatusRule::judge);
    }

    /** The alerts beyond the bound do not count for templates either. */
    private TemplateData told(Notification notification) {
        List<Alert> alerts = notification.alerts();
        return config.maxAlerts() > 0 && config.maxAlerts() < alerts.size()
                ? notification.templateData(alerts.subList(0, (int) config.maxAlerts()))
                : notification.templateData();
    }

    private byte[] body(Notification notification, Rendering rendering) {
        return config.payload() == null
                ? WebhookBody.write(notification, "4", config.maxAlerts())
                : new GoJson()
                        .any(YamlLeaves.replace(config.payload(), rendering::text))
                        .line();
    }

    @Override
    public void close() {
        client.close();
    }
}
