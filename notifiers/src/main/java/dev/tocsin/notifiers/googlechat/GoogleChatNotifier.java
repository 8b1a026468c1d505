package dev.tocsin.notifiers.googlechat;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.payload.Truncation;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/** Posts messages to Google Chat. Safe for many threads. */
final class GoogleChatNotifier implements Notifier {
    /** Google takes 32000 bytes with all that is around the text. */
    private static final int MAX_TEXT_BYTES = 30_000;

    private static final Set<Integer> ALSO_RETRIED = Set.of(429);
    private static final String REPLY = "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";

    private final GoogleChatConfig config;
    private final IntegrationClient client;
    private final TemplateSet templates;

    GoogleChatNotifier(GoogleChatConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        String text = Truncation.bytes(rendering.text(config.message()), MAX_TEXT_BYTES);
        if (rendering.failed()) {
            return rendering.refused("");
        }
        GoJson json = new GoJson().openObject().text("text", text);
        if (config.threads()) {
            json.name("thread")
                    .openObject()
                    .text("threadKey", KeyHash.of(notification))
                    .closeObject();
        }
        byte[] body = json.closeObject().line();
        try {
            Url url = address(Secrets.url(config.webhookUrl()));
            return client.deliver(
                    OutboundRequest.json(url, notification, body),
                    deadline,
                    answer -> StatusRule.judge(answer, ALSO_RETRIED));
        } catch (IOException e) {
            return StatusRule.permanent("read webhook_url_file: " + e.getMessage());
        } catch (InvalidValueException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
    }

    private Url address(Url url) {
        if (!config.threads()) {
            return url;
        }
        String query = url.suffix().startsWith("?") ? url.suffix().substring(1).replaceFirst("#.*", "") + "&" : "";
        return url.withQuery(query + REPLY);
    }

    @Override
    public void close() {
        client.close();
    }
}
