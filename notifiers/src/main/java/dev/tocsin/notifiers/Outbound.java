package dev.tocsin.notifiers;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.notifiers.email.MailSession;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.OutboundClients;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What integrations are built with.
 *
 * @param clients the way out for HTTP
 * @param connections counts connections
 * @param clock tells how much time is left
 * @param mail what all mails share
 */
public record Outbound(OutboundClients clients, ConnectionMetrics connections, Clock clock, MailSession mail) {
    /** With settings of the mail library that are gathered for the first mail. */
    public Outbound(OutboundClients clients, ConnectionMetrics connections, Clock clock) {
        this(clients, connections, clock, new MailSession());
    }

    /**
     * The way out of one integration.
     *
     * @param integration the kind's name, such as {@code slack}
     * @param http null for the default settings
     * @throws NotifierBuildException if a file that {@code http} names is missing or unusable
     */
    public IntegrationClient open(String integration, @Nullable HttpClientConfig http) throws NotifierBuildException {
        return open(integration, integration, http);
    }

    /**
     * As {@link #open(String, HttpClientConfig)}.
     *
     * @param title how messages call the integration
     */
    public IntegrationClient open(String integration, String title, @Nullable HttpClientConfig http)
            throws NotifierBuildException {
        HttpClientConfig settings = http == null ? HttpClientConfig.DEFAULT : http;
        return new IntegrationClient(
                title,
                clients.acquire(settings),
                () -> clients.release(settings),
                connections.dialer(integration),
                clock);
    }
}
