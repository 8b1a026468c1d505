package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.Url;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends events of version 2. Safe for many threads. */
final class PagerDutyV2Notifier implements Notifier {
    private static final Set<Integer> ALSO_RETRIED = Set.of(429);

    private final PagerDutyConfig config;
    private final PagerDutyEvent event;
    private final Url url;
    private final IntegrationClient client;
    private final TemplateSet templates;

    /** @param config complete */
    PagerDutyV2Notifier(PagerDutyConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.event = config.event();
        this.url = Objects.requireNonNull(config.url());
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
            key = PagerDutyRules.key(config.routingKey(), rendering);
        } catch (IOException e) {
            return StatusRule.permanent("failed to read routing key from file: " + e.getMessage());
        }
        byte[] body;
        try {
            body = PagerDutyRules.bounded(notification, details, shown -> body(notification, rendering, key, shown));
        } catch (IllegalArgumentException e) { // a number that JSON has not
            return StatusRule.permanent("failed to encode PagerDuty v2 message: " + e.getMessage());
        }
        if (rendering.failed()) {
            return rendering.refused("failed to template PagerDuty v2 message: ");
        }
        if (key.isEmpty()) {
            return StatusRule.permanent("routing key cannot be empty");
        }
        OutboundRequest request = OutboundRequest.json(url, notification, body).openly();
        OutboundResult result = client.exchange(request, deadline, config.timeout());
        return switch (result) {
            case OutboundResult.Answer answer when answer.success() -> StatusRule.accepted(answer);
            case OutboundResult.Answer answer ->
                StatusRule.refused(answer, ALSO_RETRIED, PagerDutyRules.detail(answer));
            case OutboundResult.Failure failure ->
                StatusRule.prefixed("failed to post message to PagerDuty: ", StatusRule.failed(failure, request));
        };
    }

    private byte[] body(Notification notification, Rendering rendering, String key, @Nullable Object details) {
        GoJson json = new GoJson().openObject();
        json.text("routing_key", key);
        json.text("dedup_key", KeyHash.of(notification));
        json.text("event_action", rendering.data().firing() ? "trigger" : "resolve");
        json.name("payload").openObject();
        json.text("summary", rendering.runes("summary", event.description(), PagerDutyRules.MAX_SUMMARY));
        json.text("source", rendering.text(event.source()));
        json.text("severity", event.severity().isEmpty() ? "error" : rendering.text(event.severity()));
        json.textIfSet("class", rendering.text(event.eventClass()));
        json.textIfSet("component", rendering.text(event.component()));
        json.textIfSet("group", rendering.text(event.group()));
        json.name("custom_details").any(details).closeObject();
        json.textIfSet("client", rendering.text(event.client()));
        json.textIfSet("client_url", rendering.text(event.clientUrl()));
        images(json, rendering);
        links(json, rendering);
        return json.closeObject().line();
    }

    private void images(GoJson json, Rendering rendering) {
        boolean any = false;
        for (PagerDutyEvent.Image image : event.images()) {
            String src = rendering.text(image.src());
            if (!src.isEmpty()) {
                any = open(json, "images", any);
                json.openObject().text("src", src);
                json.textIfSet("alt", rendering.text(image.alt()));
                json.textIfSet("href", rendering.text(image.href())).closeObject();
            }
        }
        if (any) {
            json.closeList();
        }
    }

    private void links(GoJson json, Rendering rendering) {
        boolean any = false;
        for (PagerDutyEvent.Link link : event.links()) {
            String href = rendering.text(link.href());
            if (!href.isEmpty()) {
                any = open(json, "links", any);
                json.openObject().text("href", href);
                json.textIfSet("text", rendering.text(link.text())).closeObject();
            }
        }
        if (any) {
            json.closeList();
        }
    }

    private static boolean open(GoJson json, String name, boolean already) {
        if (!already) {
            json.name(name).openList();
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
