package dev.tocsin.notifiers.webex;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code webex_configs} (notifiers contract section 1.12).
 *
 * @param http its own, with an authorization
 * @param apiUrl where to post; null as long as nothing was inherited
 * @param message a template
 * @param roomId a template
 */
public record WebexConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        @Nullable Url apiUrl,
        String message,
        String roomId) implements IntegrationConfig {}
