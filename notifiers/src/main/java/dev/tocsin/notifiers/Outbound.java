package dev.tocsin.notifiers;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.notifiers.http.ConnectionMetrics;
import dev.tocsin.notifiers.http.OutboundClients;

/**
 * What integrations are built with.
 *
 * @param clients the way out for HTTP
 * @param connections counts connections
 * @param clock tells how much time is left
 */
public record Outbound(OutboundClients clients, ConnectionMetrics connections, Clock clock) {}
