package dev.tocsin.notifiers.webhook;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.template.TestTemplates;
import dev.tocsin.notifiers.Integrations;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.http.OutboundClients;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds webhooks as the hub does, with a clock that stands still. */
final class WebhookHarness implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:20:00Z");
    static final Instant LATER = NOW.plusSeconds(30);

    final OutboundClients clients = new OutboundClients(InetAddress::getAllByName, Map.of(), "Alertmanager/0.34.0");
    private final Integrations integrations = new Integrations(
            new Outbound(clients, new ConnectionMetrics(new Metrics(new MetricRegistry())), new VirtualTime(NOW)));

    final TemplateSet templates = TestTemplates.builtIn(new VirtualTime(NOW));

    Notifier webhook(String url) throws NotifierBuildException {
        return build(config(url, "", 0, Duration.ZERO, null, HttpClientConfig.DEFAULT));
    }

    Notifier build(WebhookConfig config) throws NotifierBuildException {
        ReceiverConfig.Integration integration = new ReceiverConfig.Integration("webhook", 0, config);
        return integrations.build(
                new ReceiverConfig("r", Map.of("name", "r"), List.of(integration)), integration, templates);
    }

    static WebhookConfig config(
            String url,
            String urlFile,
            long maxAlerts,
            Duration timeout,
            @Nullable Object payload,
            HttpClientConfig http) {
        return new WebhookConfig(true, http, new Secret(url), urlFile, maxAlerts, timeout, payload);
    }

    @Override
    public void close() {
        clients.close();
    }
}
