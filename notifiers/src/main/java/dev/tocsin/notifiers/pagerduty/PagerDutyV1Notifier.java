package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.OutboundRequest;
import dev.tocsin.notifiers.http.OutboundResult;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.payload.YamlLeaves;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends events of version 1. Safe for many threads. */
final class PagerDutyV1Notifier implements Notifier {
    private static final Set<Integer> ALSO_RETRIED = Set.of(403);

    private final PagerDutyConfig config;
    private final PagerDutyEvent event;
    private final Url url;
    private final IntegrationClient client;
    private final TemplateSet templates;

    PagerDutyV1Notifier(PagerDutyConfig config, Url url, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.event = config.event();
        this.url = url;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        Object details = YamlLeaves.replace(event.details(), rendering::text);
        if (rendering.failed()) {
            return rendering.refused("failed to render details: ");
        }
        String key;
        try {
            key = PagerDutyRules.key(config.serviceKey(), rendering);
        } catch (IOException e) {
            return StatusRule.permanent("failed to read service key from file: " + e.getMessage());
        }
        byte[] body;
        try {
            body = PagerDutyRules.bounded(notification, details, shown -> body(notification, rendering, key, shown));
        } catch (IllegalArgumentException e) { // a number that JSON has not
            return StatusRule.permanent("failed to encode PagerDuty v1 message: " + e.getMessage());
        }
        if (rendering.failed()) {
            return rendering.refused("failed to template PagerDuty v1 message: ");
        }
        if (key.isEmpty()) {
            return StatusRule.permanent("service key cannot be empty");
        }
        OutboundRequest request = OutboundRequest.json(url, notification, body).openly();
        OutboundResult result = client.exchange(request, deadline, config.timeout());
        return switch (result) {
            case OutboundResult.Answer answer when answer.success() -> StatusRule.accepted(answer);
            case OutboundResult.Answer answer ->
                unclassified(StatusRule.refused(answer, ALSO_RETRIED, PagerDutyRules.detail(answer)));
            case OutboundResult.Failure failure ->
                StatusRule.prefixed("failed to post message to PagerDuty v1: ", StatusRule.failed(failure, request));
        };
    }

    /** Statuses of this version do not tell the reason. */
    private static Outcome unclassified(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> delivered;
            case Outcome.Permanent permanent -> new Outcome.Permanent(FailureReason.OTHER, permanent.message());
            case Outcome.Retryable retryable ->
                new Outcome.Retryable(
                        FailureReason.OTHER, retryable.message(), retryable.maybeAccepted(), retryable.unreachable());
        };
    }

    /** The members that only the other version fills are there too: so does Alertmanager send them. */
    private byte[] body(Notification notification, Rendering rendering, String key, @Nullable Object details) {
        boolean firing = rendering.data().firing();
        GoJson json = new GoJson().openObject();
        json.text("service_key", key);
        json.text("incident_key", KeyHash.of(notification));
        json.text("event_type", firing ? "trigger" : "resolve");
        json.text("description", rendering.runes("description", event.description(), PagerDutyRules.MAX_SUMMARY));
        json.text("event_action", "");
        json.name("payload").any(null);
        if (firing) {
            json.textIfSet("client", rendering.text(event.client()));
            json.textIfSet("client_url", rendering.text(event.clientUrl()));
        }
        json.name("details").any(details);
        return json.closeObject().line();
    }

    @Override
    public void close() {
        client.close();
    }
}
