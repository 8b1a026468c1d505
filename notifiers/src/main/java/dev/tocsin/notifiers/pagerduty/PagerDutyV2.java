package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events of version 2. */
record PagerDutyV2(PagerDutyEvent event, SecretSource key, Url url) implements PagerDutyVersion {
    private static final Set<Integer> ALSO_RETRIED = Set.of(429);

    @Override
    public String name() {
        return "v2";
    }

    @Override
    public String service() {
        return "PagerDuty";
    }

    @Override
    public String keyName() {
        return "routing key";
    }

    @Override
    public Outcome refused(OutboundResult.Answer answer) {
        return StatusRule.refused(answer, ALSO_RETRIED, PagerDutyNotifier.detail(answer));
    }

    @Override
    public byte[] body(Notification notification, Rendering rendering, String key, @Nullable Object details) {
        GoJson json = new GoJson().openObject();
        json.text("routing_key", key);
        json.text("dedup_key", KeyHash.of(notification));
        json.text("event_action", rendering.data().firing() ? "trigger" : "resolve");
        json.name("payload").openObject();
        json.text("summary", rendering.runes("summary", event.description(), MAX_SUMMARY));
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
}
