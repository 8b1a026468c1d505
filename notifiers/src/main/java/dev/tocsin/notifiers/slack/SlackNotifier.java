package dev.tocsin.notifiers.slack;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Posts messages to Slack and updates them. Safe for many threads. */
final class SlackNotifier implements Notifier {
    private final SlackConfig config;
    private final Url chatUpdate;
    private final IntegrationClient client;
    private final TemplateSet templates;

    SlackNotifier(SlackConfig config, Url chatUpdate, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.chatUpdate = chatUpdate;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        String timestamp = stored(notification, SlackAnswer.TIMESTAMP);
        String storedChannel = stored(notification, SlackAnswer.CHANNEL);
        boolean update = !timestamp.isEmpty() && !storedChannel.isEmpty();
        Rendering rendering = new Rendering(templates, notification);
        String channel = rendering.text(config.message().channel());
        byte[] body = new SlackPost(config.message(), rendering)
                .write(update ? storedChannel : channel, update ? timestamp : "");
        if (rendering.failed()) {
            return rendering.refused("");
        }
        try {
            Url url = update ? chatUpdate : Secrets.url(config.access().apiUrl());
            SlackAnswer answers =
                    new SlackAnswer(config.updateMessage(), update ? notification.receiverData() : Map.of());
            return client.deliver(
                    OutboundRequest.json(url, notification, body),
                    deadline,
                    config.timeout(),
                    answer -> StatusRule.prefixed("channel " + GoQuote.quote(channel) + ": ", answers.judge(answer)));
        } catch (IOException e) {
            return StatusRule.permanent(String.valueOf(e.getMessage()));
        } catch (InvalidValueException e) {
            return StatusRule.retryable(String.valueOf(e.getMessage()));
        }
    }

    /** What was kept of the group's message; empty if there is none to update. */
    private String stored(Notification notification, String name) {
        boolean begins = notification.reason() == NotificationReason.FIRST_NOTIFICATION;
        return config.updateMessage()
                        && !begins
                        && notification.receiverData().get(name) instanceof ReceiverValue.Text(String value)
                ? value
                : "";
    }

    @Override
    public void close() {
        client.close();
    }
}
