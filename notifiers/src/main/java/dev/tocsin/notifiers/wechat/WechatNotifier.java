package dev.tocsin.notifiers.wechat;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TocsinFields;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import dev.tocsin.notifiers.payload.FormText;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends messages of a WeCom application. Safe for many threads. */
final class WechatNotifier implements Notifier {
    private static final int OK = 200;
    private static final int TOKEN_EXPIRED = 42001;

    private final WechatConfig config;
    private final Url apiUrl;
    private final IntegrationClient client;
    private final TemplateSet templates;
    private final WechatToken token;

    /** @param config complete */
    WechatNotifier(WechatConfig config, IntegrationClient client, TemplateSet templates, WechatToken token) {
        this.config = config;
        this.apiUrl = Objects.requireNonNull(config.apiUrl());
        this.client = client;
        this.templates = templates;
        this.token = token;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        String known = token.known();
        if (known.isEmpty()) {
            OutboundRequest request;
            try {
                request = tokenRequest(notification, rendering);
            } catch (IOException e) {
                return StatusRule.permanent(String.valueOf(e.getMessage()));
            }
            if (rendering.failed()) {
                return rendering.refused("templating error: ");
            }
            Outcome outcome = client.deliver(request, deadline, this::keepToken);
            if (!(outcome instanceof Outcome.Delivered)) {
                return outcome;
            }
            known = token.known();
        }
        byte[] body = body(rendering);
        if (rendering.failed()) {
            return rendering.refused("templating error: ");
        }
        String used = known;
        Url url = apiUrl.append("message/send").withQuery("access_token=" + FormText.encode(used));
        return client.deliver(OutboundRequest.json(url, notification, body), deadline, answer -> judge(answer, used));
    }

    private OutboundRequest tokenRequest(Notification notification, Rendering rendering) throws IOException {
        String query = new FormText()
                .add("corpsecret", rendering.text(Secrets.read(config.apiSecret())))
                .add("corpid", rendering.text(config.corpId()))
                .toString();
        Url url = apiUrl.append("gettoken").withQuery(query);
        return new OutboundRequest("GET", url, TocsinFields.bare(notification, "token"), new byte[0]);
    }

    /** Delivered stands for a token that was kept. */
    private Outcome keepToken(OutboundResult.Answer answer) {
        try {
            Object value = JsonText.object(answer.body()).get("access_token");
            if (!(value instanceof String text) || text.isEmpty()) {
                return StatusRule.permanent("invalid APISecret for CorpID: " + config.corpId());
            }
            token.keep(text);
            return StatusRule.accepted(answer);
        } catch (InvalidJsonException e) {
            return StatusRule.permanent(answer.body().isEmpty() ? "EOF" : String.valueOf(e.getMessage()));
        }
    }

    private byte[] body(Rendering rendering) {
        String message = rendering.text(config.message());
        boolean markdown = config.messageType().equals("markdown");
        GoJson json = new GoJson().openObject();
        json.name("text").openObject().text("content", markdown ? "" : message).closeObject();
        json.textIfSet("touser", rendering.text(config.toUser()));
        json.textIfSet("toparty", rendering.text(config.toParty()));
        json.textIfSet("totag", rendering.text(config.toTag()));
        json.textIfSet("agentid", rendering.text(config.agentId()));
        json.text("safe", "0");
        json.text("msgtype", config.messageType());
        json.name("markdown")
                .openObject()
                .text("content", markdown ? message : "")
                .closeObject();
        return json.closeObject().line();
    }

    private Outcome judge(OutboundResult.Answer answer, String used) {
        if (answer.status() != OK) {
            return new Outcome.Retryable(
                    FailureReason.ofStatus(answer.status()),
                    "unexpected status code " + answer.status(),
                    answer.success(),
                    false);
        }
        Map<String, @Nullable Object> object;
        try {
            object = JsonText.object(answer.body());
        } catch (InvalidJsonException e) {
            return new Outcome.Retryable(FailureReason.OTHER, String.valueOf(e.getMessage()), true, false);
        }
        long code = object.get("errcode") instanceof Number number ? number.longValue() : 0;
        if (code == 0) {
            return StatusRule.accepted(answer);
        }
        String message = object.get("errmsg") instanceof String text ? text : "";
        if (code == TOKEN_EXPIRED) {
            token.forget(used);
            return StatusRule.retryable(message);
        }
        return StatusRule.permanent(message);
    }

    @Override
    public void close() {
        client.close();
    }
}
