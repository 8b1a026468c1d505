package dev.tocsin.notifiers.discord;

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
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts embeds to Discord. Safe for many threads. */
final class DiscordNotifier implements Notifier {
    private static final Logger log = LoggerFactory.getLogger(DiscordNotifier.class);
    private static final int MAX_TITLE = 256;
    private static final int MAX_DESCRIPTION = 4096;
    private static final int MAX_CONTENT = 2000;
    private static final int RED = 0x992d22;
    private static final int GREEN = 0x2ecc71;

    private final DiscordConfig config;
    private final IntegrationClient client;
    private final TemplateSet templates;

    DiscordNotifier(DiscordConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        byte[] body = body(notification, rendering);
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

    private byte[] body(Notification notification, Rendering rendering) {
        String title = rendering.runes("title", config.title(), MAX_TITLE);
        String description = rendering.runes("message", config.message(), MAX_DESCRIPTION);
        GoJson json = new GoJson().openObject();
        json.text("content", rendering.runes("content", config.content(), MAX_CONTENT));
        json.name("embeds").openList().openObject();
        json.text("title", title);
        json.text("description", description);
        json.name("color").whole(rendering.data().firing() ? RED : GREEN);
        json.closeObject().closeList();
        json.textIfSet("username", config.username());
        json.textIfSet("avatar_url", avatar(notification));
        return json.closeObject().line();
    }

    /** A picture is not worth a lost notification. */
    private String avatar(Notification notification) {
        try {
            return Url.parse(config.avatarUrl()).toString().isEmpty() ? "" : config.avatarUrl();
        } catch (InvalidValueException e) {
            log.atWarn()
                    .addKeyValue("integration", notification.integration())
                    .addKeyValue("key", notification.groupKey())
                    .addKeyValue("err", e.getMessage())
                    .log("Bad avatar url");
            return "";
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
