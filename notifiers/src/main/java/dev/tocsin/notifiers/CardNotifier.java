package dev.tocsin.notifiers;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;

/** Posts one body of rendered texts to a {@code webhook_url}, which may lie in a file. Safe for many threads. */
public final class CardNotifier implements Notifier {
    private final SecretSource webhookUrl;
    private final IntegrationClient client;
    private final TemplateSet templates;
    private final Card card;

    /** Renders a body. Stateless. */
    @FunctionalInterface
    public interface Card {
        /** The body; what it is counts only if nothing failed. */
        byte[] body(Rendering rendering);
    }

    /** @param client closed with the notifier */
    public CardNotifier(SecretSource webhookUrl, IntegrationClient client, TemplateSet templates, Card card) {
        this.webhookUrl = webhookUrl;
        this.client = client;
        this.templates = templates;
        this.card = card;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        byte[] body = card.body(rendering);
        if (rendering.failed()) {
            return rendering.refused("");
        }
        try {
            OutboundRequest request = OutboundRequest.json(Secrets.url(webhookUrl), notification, body);
            return client.deliver(request, deadline, StatusRule::judge);
        } catch (IOException e) {
            return StatusRule.permanent("read webhook_url_file: " + e.getMessage());
        } catch (InvalidValueException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
