package dev.tocsin.notifiers.msteamsv2;

import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.OutboundRequest;
import dev.tocsin.notifiers.http.Secrets;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;

/** Posts adaptive cards to Microsoft Teams. Safe for many threads. */
final class MsTeamsV2Notifier implements Notifier {
    private final MsTeamsV2Config config;
    private final IntegrationClient client;
    private final TemplateSet templates;

    MsTeamsV2Notifier(MsTeamsV2Config config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        byte[] body = body(rendering);
        if (rendering.failed()) {
            return rendering.refused("");
        }
        try {
            OutboundRequest request = OutboundRequest.json(Secrets.url(config.webhookUrl()), notification, body);
            return client.deliver(request, deadline, StatusRule::judge);
        } catch (IOException e) {
            return StatusRule.permanent("read webhook_url_file: " + e.getMessage());
        } catch (InvalidValueException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
    }

    private byte[] body(Rendering rendering) {
        GoJson json = new GoJson().openObject();
        json.text("type", "message");
        json.name("attachments").openList().openObject();
        json.text("contentType", "application/vnd.microsoft.card.adaptive");
        json.name("contentUrl").any(null);
        json.name("content").openObject();
        json.text("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.text("type", "AdaptiveCard");
        json.text("version", "1.2");
        json.name("body").openList();
        heading(json, rendering);
        json.openObject();
        json.text("type", "TextBlock");
        json.text("text", rendering.text(config.text()));
        json.name("wrap").bool(true);
        json.closeObject().closeList();
        json.name("msteams").openObject().text("width", "full").closeObject();
        return json.closeObject().closeObject().closeList().closeObject().line();
    }

    private void heading(GoJson json, Rendering rendering) {
        json.openObject();
        json.text("type", "TextBlock");
        json.text("text", rendering.text(config.title()));
        json.text("weight", "Bolder");
        json.text("size", "Medium");
        json.name("wrap").bool(true);
        json.text("style", "heading");
        json.text("color", rendering.data().firing() ? "Attention" : "Good");
        json.closeObject();
    }

    @Override
    public void close() {
        client.close();
    }
}
