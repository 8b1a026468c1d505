package dev.tocsin.notifiers.mattermost;

import dev.tocsin.core.label.GoQuote;
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

/** Posts to Mattermost. Safe for many threads. */
final class MattermostNotifier implements Notifier {
    private final MattermostConfig config;
    private final IntegrationClient client;
    private final TemplateSet templates;

    MattermostNotifier(MattermostConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        byte[] body = new MattermostPost(config.message(), rendering).write();
        String channel = rendering.text(config.message().channel());
        if (rendering.failed()) {
            return rendering.refused("");
        }
        try {
            OutboundRequest request = OutboundRequest.json(Secrets.url(config.webhookUrl()), notification, body);
            return client.deliver(
                    request,
                    deadline,
                    answer ->
                            StatusRule.prefixed("channel " + GoQuote.quote(channel) + ": ", StatusRule.judge(answer)));
        } catch (IOException e) {
            return StatusRule.permanent(String.valueOf(e.getMessage()));
        } catch (InvalidValueException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
