package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events of version 1. */
record PagerDutyV1(PagerDutyEvent event, SecretSource key, Url url) implements PagerDutyVersion {
    private static final Set<Integer> ALSO_RETRIED = Set.of(403);

    @Override
    public String name() {
        return "v1";
    }

    @Override
    public String service() {
        return "PagerDuty v1";
    }

    @Override
    public String keyName() {
        return "service key";
    }

    @Override
    public Outcome refused(OutboundResult.Answer answer) {
        return unclassified(StatusRule.refused(answer, ALSO_RETRIED, PagerDutyNotifier.detail(answer)));
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
    @Override
    public byte[] body(Notification notification, Rendering rendering, String key, @Nullable Object details) {
        boolean firing = rendering.data().firing();
        GoJson json = new GoJson().openObject();
        json.text("service_key", key);
        json.text("incident_key", KeyHash.of(notification));
        json.text("event_type", firing ? "trigger" : "resolve");
        json.text("description", rendering.runes("description", event.description(), MAX_SUMMARY));
        json.text("event_action", "");
        json.name("payload").any(null);
        if (firing) {
            json.textIfSet("client", rendering.text(event.client()));
            json.textIfSet("client_url", rendering.text(event.clientUrl()));
        }
        json.name("details").any(details);
        return json.closeObject().line();
    }
}
