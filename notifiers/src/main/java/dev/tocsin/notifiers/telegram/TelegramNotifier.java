package dev.tocsin.notifiers.telegram;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Sends messages of a bot. Safe for many threads. */
final class TelegramNotifier implements Notifier {
    private static final int MAX_MESSAGE = 4096;

    /** Cut HTML could lack its end tags, and Telegram would refuse it. */
    private static final String TOO_LONG = """
            Alertmanager notification could not be sent: message length exceeds Telegram limits.
            \t\t\tPlease check the template used for producing the message content.""";

    private final TelegramConfig config;
    private final Url apiUrl;
    private final IntegrationClient client;
    private final TemplateSet templates;

    /** @param config complete */
    TelegramNotifier(TelegramConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.apiUrl = Objects.requireNonNull(config.apiUrl());
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        String text = text(rendering);
        if (rendering.failed()) {
            return rendering.refused("");
        }
        try {
            Url url = apiUrl.append("/bot" + token() + "/sendMessage");
            byte[] body = new GoJson().any(message(text)).line();
            return client.deliver(
                    OutboundRequest.json(url, notification, body).anonymous(), deadline, TelegramAnswer::judge);
        } catch (IOException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
    }

    private String text(Rendering rendering) {
        if (!config.parseMode().equals("HTML")) {
            return rendering.runes("message", config.message(), MAX_MESSAGE);
        }
        String html = rendering.html(config.message());
        return rendering.cut("message", html, MAX_MESSAGE).equals(html) ? html : TOO_LONG;
    }

    /** All values are texts: the library that Alertmanager uses has it so. */
    private Map<String, String> message(String text) throws IOException {
        Map<String, String> message = new HashMap<>();
        message.put("chat_id", chatId());
        message.put("text", text);
        message.put("disable_web_page_preview", "true");
        if (config.disableNotifications()) {
            message.put("disable_notification", "true");
        }
        if (config.messageThreadId() != 0) {
            message.put("message_thread_id", Long.toString(config.messageThreadId()));
        }
        if (!config.parseMode().isEmpty()) {
            message.put("parse_mode", config.parseMode());
        }
        return message;
    }

    private String token() throws IOException {
        SecretSource token = config.botToken();
        try {
            return Secrets.read(token);
        } catch (IOException e) {
            throw new IOException("could not read " + token.file() + ": " + e.getMessage(), e);
        }
    }

    private String chatId() throws IOException {
        if (config.chatIdFile().isEmpty()) {
            return Long.toString(config.chatId());
        }
        String text;
        try {
            text = Secrets.file(config.chatIdFile());
        } catch (IOException e) {
            throw new IOException("could not read " + config.chatIdFile() + ": " + e.getMessage(), e);
        }
        try {
            return Long.toString(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IOException(
                    "could not parse chat_id from " + config.chatIdFile() + ": strconv.ParseInt: parsing "
                            + GoQuote.quote(text) + ": invalid syntax",
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
