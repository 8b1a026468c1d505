package dev.tocsin.notifiers.webhook;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code webhook_configs} (notifiers contract section 1.1).
 *
 * @param http null as long as nothing was inherited
 * @param url where to post, a template; empty if it is in a file
 * @param urlFile a file with the address, a template too, relative to the working folder; read for every
 *     notification; may be empty
 * @param maxAlerts how many alerts are told; 0 for all
 * @param timeout of one attempt; zero for none besides that of the flush
 * @param payload a body of one's own as plain values, strings, lists and maps, the strings and keys being
 *     templates; null for the usual one
 */
public record WebhookConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        Secret url,
        String urlFile,
        long maxAlerts,
        Duration timeout,
        @Nullable Object payload)
        implements IntegrationConfig {}
