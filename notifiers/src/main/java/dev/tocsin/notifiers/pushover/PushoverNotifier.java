package dev.tocsin.notifiers.pushover;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.TocsinFields;
import dev.tocsin.notifiers.payload.FormText;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;

/** Sends messages through Pushover: everything stands in the query, the body is empty. Safe for many threads. */
final class PushoverNotifier implements Notifier {
    private static final int MAX_TITLE = 250;
    private static final int MAX_MESSAGE = 1024;
    private static final int MAX_URL = 512;

    private final PushoverConfig config;
    private final Url api;
    private final IntegrationClient client;
    private final TemplateSet templates;

    PushoverNotifier(PushoverConfig config, Url api, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.api = api;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        String userKey;
        String token;
        try {
            userKey = secret(config.userKey(), "user_key_file");
            token = secret(config.token(), "token_file");
        } catch (IOException e) {
            return StatusRule.permanent(String.valueOf(e.getMessage()));
        }
        Rendering rendering = new Rendering(templates, notification);
        String query = query(rendering, rendering.text(userKey), rendering.text(token));
        if (rendering.failed()) {
            return rendering.refused("");
        }
        OutboundRequest request = new OutboundRequest(
                "POST", api.withQuery(query), TocsinFields.of(notification, "text/plain", ""), new byte[0]);
        return client.deliver(request, deadline, StatusRule::judge);
    }

    private static String secret(SecretSource source, String key) throws IOException {
        if (!source.inline().isEmpty()) {
            return source.inline().reveal();
        }
        try {
            return Secrets.whole(source.file());
        } catch (IOException e) {
            throw new IOException("read " + key + ": " + e.getMessage(), e);
        }
    }

    private String query(Rendering rendering, String userKey, String token) {
        PushoverConfig.Message message = config.message();
        FormText form = new FormText();
        form.add("user", userKey);
        form.add("token", token);
        form.add("title", rendering.runes("title", message.title(), MAX_TITLE));
        form.add("message", text(rendering));
        form.add("url", rendering.runes("URL", message.url(), MAX_URL));
        form.add("url_title", rendering.text(message.urlTitle()));
        form.add("priority", rendering.text(message.priority()));
        form.add("retry", Long.toString(message.retry().toSeconds()));
        form.add("expire", Long.toString(message.expire().toSeconds()));
        form.add("device", rendering.text(message.device()));
        form.add("sound", rendering.text(message.sound()));
        if (message.html()) {
            form.add("html", "1");
        }
        if (message.monospace()) {
            form.add("monospace", "1");
        }
        if (message.ttl().toSeconds() > 0) {
            form.add("ttl", Long.toString(message.ttl().toSeconds()));
        }
        return form.toString();
    }

    /** Cut before white space goes: leading blank lines count. */
    private String text(Rendering rendering) {
        String template = config.message().message();
        String text = config.message().html() ? rendering.html(template) : rendering.text(template);
        String stripped = rendering.cut("message", text, MAX_MESSAGE).strip();
        return stripped.isEmpty() ? "(no details)" : stripped;
    }

    @Override
    public void close() {
        client.close();
    }
}
