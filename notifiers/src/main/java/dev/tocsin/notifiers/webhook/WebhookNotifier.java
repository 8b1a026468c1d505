package dev.tocsin.notifiers.webhook;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.ConnectionMetrics;
import dev.tocsin.notifiers.http.OutboundClient;
import dev.tocsin.notifiers.http.OutboundRequest;
import dev.tocsin.notifiers.http.OutboundResult;
import dev.tocsin.notifiers.http.Secrets;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.TocsinFields;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.WebhookBody;
import dev.tocsin.notifiers.payload.YamlLeaves;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Posts notifications as JSON. Safe for many threads. */
final class WebhookNotifier implements Notifier {
    private final WebhookConfig config;
    private final OutboundClient client;
    private final Runnable release;
    private final ConnectionMetrics.Dialer dialer;
    private final Clock clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param release gives {@code client} back; called once */
    WebhookNotifier(
            WebhookConfig config,
            OutboundClient client,
            Runnable release,
            ConnectionMetrics.Dialer dialer,
            Clock clock) {
        this.config = config;
        this.client = client;
        this.release = release;
        this.dialer = dialer;
        this.clock = clock;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        String address;
        byte[] body;
        try {
            address = config.urlFile().isEmpty() ? config.url().reveal() : Secrets.file(config.urlFile());
            body = body(notification);
        } catch (IOException e) {
            return permanent("read url_file: " + e.getMessage());
        } catch (IllegalArgumentException e) { // a payload with a number that JSON has not
            return permanent(String.valueOf(e.getMessage()));
        }
        if (address.isEmpty()) {
            return permanent("webhook URL is empty after templating");
        }
        if (address.contains("{{")) {
            return permanent("failed to template webhook URL: templates are not supported yet");
        }
        Url url;
        try {
            url = Url.parse(address);
        } catch (InvalidValueException e) {
            return new Outcome.Retryable(FailureReason.OTHER, String.valueOf(e.getMessage()), false, false);
        }
        Duration left = Duration.between(clock.now(), deadline);
        Duration timeout = config.timeout();
        boolean ownTimeout = timeout.isPositive() && timeout.compareTo(left) < 0;
        OutboundRequest request = new OutboundRequest("POST", url, TocsinFields.json(notification), body);
        OutboundResult result = client.exchange(request, dialer, ownTimeout ? timeout : left);
        return switch (result) {
            case OutboundResult.Answer answer ->
                answer.success()
                        ? new Outcome.Delivered(Integer.toString(answer.status()), Map.of())
                        : StatusRule.refused(answer);
            case OutboundResult.Failure failure -> failed(request, failure, ownTimeout);
        };
    }

    private byte[] body(Notification notification) {
        return config.payload() == null
                ? WebhookBody.write(notification, "4", config.maxAlerts())
                : new GoJson()
                        .any(YamlLeaves.replace(config.payload(), text -> text))
                        .line();
    }

    private Outcome failed(OutboundRequest request, OutboundResult.Failure failure, boolean ownTimeout) {
        if (!failure.expired()) {
            return StatusRule.failed(failure, request.redacted() + failure.message());
        }
        if (!ownTimeout) {
            return StatusRule.failed(failure, failure.message());
        }
        String reached = "configured webhook timeout reached (" + GoDuration.print(config.timeout()) + ")";
        return new Outcome.Retryable(
                FailureReason.OTHER, request.redacted() + reached, failure.maybeAccepted(), failure.unreachable());
    }

    private static Outcome permanent(String message) {
        return new Outcome.Permanent(FailureReason.OTHER, message);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
