package dev.tocsin.notifiers.rocketchat;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import dev.tocsin.notifiers.payload.Rendering;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Posts messages to Rocket.Chat. Safe for many threads. */
final class RocketchatNotifier implements Notifier {
    private static final int MAX_TITLE = 1024;

    private final RocketchatMessage message;
    private final Url url;
    private final Secret token;
    private final Secret tokenId;
    private final IntegrationClient client;
    private final TemplateSet templates;

    /** @param config complete */
    RocketchatNotifier(
            RocketchatConfig config, Secret token, Secret tokenId, IntegrationClient client, TemplateSet templates) {
        Url server = Objects.requireNonNull(config.apiUrl());
        this.message = config.message();
        this.url = server.withTrailingSlash().append("api/v1/chat.postMessage");
        this.token = token;
        this.tokenId = tokenId;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        String channel = rendering.text(message.channel());
        byte[] body = body(channel, rendering);
        if (rendering.failed()) {
            return rendering.refused("");
        }
        OutboundRequest request = OutboundRequest.json(url, notification, body)
                .with("X-Auth-Token", token.reveal())
                .with("X-User-Id", tokenId.reveal());
        return client.deliver(
                request,
                deadline,
                answer -> StatusRule.prefixed("channel " + GoQuote.quote(channel) + ": ", judge(answer)));
    }

    private byte[] body(String channel, Rendering rendering) {
        GoJson json = new GoJson().openObject();
        json.textIfSet("channel", channel);
        json.textIfSet("emoji", rendering.text(message.emoji()));
        json.textIfSet("avatar", rendering.text(message.iconUrl()));
        json.name("attachments").openList().openObject();
        json.textIfSet("title", rendering.runes("title", message.title(), MAX_TITLE));
        json.textIfSet("title_link", rendering.text(message.titleLink()));
        json.textIfSet("text", rendering.text(message.text()));
        json.textIfSet("image_url", rendering.text(message.imageUrl()));
        json.textIfSet("thumb_url", rendering.text(message.thumbUrl()));
        json.textIfSet("color", rendering.text(message.color()));
        if (!message.fields().isEmpty()) {
            json.name("fields").openList();
            message.fields().forEach(field -> field(field, rendering, json));
            json.closeList();
        }
        if (!message.actions().isEmpty()) {
            json.name("actions").openList();
            message.actions().forEach(action -> action(action, rendering, json));
            json.closeList();
        }
        return json.closeObject().closeList().closeObject().line();
    }

    private void field(RocketchatMessage.Field field, Rendering rendering, GoJson json) {
        Boolean narrow = field.narrow();
        json.openObject().name("short").bool(narrow == null ? message.shortFields() : narrow);
        json.textIfSet("title", rendering.text(field.title()));
        json.textIfSet("value", rendering.text(field.value()));
        json.closeObject();
    }

    private static void action(RocketchatMessage.Action action, Rendering rendering, GoJson json) {
        json.openObject().text("type", "button");
        json.textIfSet("text", rendering.text(action.text()));
        json.textIfSet("url", rendering.text(action.url()));
        json.name("is_webview").bool(false);
        json.textIfSet("msg", rendering.text(action.msg()));
        json.name("msg_in_chat_window").bool(false);
        json.closeObject();
    }

    private static Outcome judge(OutboundResult.Answer answer) {
        if (!answer.success()) {
            return StatusRule.refused(answer);
        }
        try {
            Map<String, @Nullable Object> object = JsonText.object(answer.body());
            if (Boolean.TRUE.equals(object.get("success"))) {
                return StatusRule.accepted(answer);
            }
            return new Outcome.Permanent(
                    FailureReason.CLIENT_ERROR,
                    "error response from Rocketchat: " + Objects.requireNonNullElse(object.get("error"), ""));
        } catch (InvalidJsonException e) {
            return new Outcome.Retryable(
                    FailureReason.CLIENT_ERROR,
                    "could not unmarshal JSON response " + GoQuote.quote(answer.body()) + ": " + e.getMessage(),
                    true,
                    false);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
