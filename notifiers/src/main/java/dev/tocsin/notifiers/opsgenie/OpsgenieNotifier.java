package dev.tocsin.notifiers.opsgenie;

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
import dev.tocsin.notifiers.payload.Rendering;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Creates, updates and closes alerts in Opsgenie. Safe for many threads. */
final class OpsgenieNotifier implements Notifier {
    private static final Set<Integer> ALSO_RETRIED = Set.of(429);

    private final OpsgenieConfig config;
    private final Url apiUrl;
    private final IntegrationClient client;
    private final TemplateSet templates;

    /** @param config complete */
    OpsgenieNotifier(OpsgenieConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.apiUrl = Objects.requireNonNull(config.apiUrl());
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        List<OutboundRequest> requests =
                new OpsgenieRequests(config.alert(), apiUrl, notification, rendering).all(config.updateAlerts());
        String key;
        try {
            key = key(rendering);
        } catch (IOException e) {
            return StatusRule.permanent("read key_file error: " + e.getMessage());
        }
        if (rendering.failed()) {
            return rendering.refused("templating error: ");
        }
        Outcome outcome = new Outcome.Delivered("", Map.of());
        for (OutboundRequest request : requests) {
            outcome = client.deliver(
                    request.with("Authorization", "GenieKey " + key),
                    deadline,
                    answer -> StatusRule.judge(answer, ALSO_RETRIED));
            if (!(outcome instanceof Outcome.Delivered)) {
                return outcome;
            }
        }
        return outcome;
    }

    private String key(Rendering rendering) throws IOException {
        SecretSource key = config.apiKey();
        return key.inline().isEmpty()
                ? rendering.text(Secrets.whole(key.file())).strip()
                : rendering.text(key.inline().reveal());
    }

    @Override
    public void close() {
        client.close();
    }
}
