package dev.tocsin.notifiers.msteams;

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

/** Posts cards to Microsoft Teams. Safe for many threads. */
final class MsTeamsNotifier implements Notifier {
    private final MsTeamsConfig config;
    private final IntegrationClient client;
    private final TemplateSet templates;

    MsTeamsNotifier(MsTeamsConfig config, IntegrationClient client, TemplateSet templates) {
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
        json.text("@context", "http://schema.org/extensions");
        json.text("type", "MessageCard");
        json.text("title", rendering.text(config.title()));
        json.text("summary", rendering.text(config.summary()));
        json.text("text", rendering.text(config.text()));
        json.text("themeColor", rendering.data().firing() ? "8C1A1A" : "2DC72D");
        return json.closeObject().line();
    }

    @Override
    public void close() {
        client.close();
    }
}
