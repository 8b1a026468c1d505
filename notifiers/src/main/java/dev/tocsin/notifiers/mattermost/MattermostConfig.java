package dev.tocsin.notifiers.mattermost;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code mattermost_configs} (notifiers contract section 1.18).
 *
 * @param http null as long as nothing was inherited
 * @param webhookUrl where to post; a file is read for every notification
 */
public record MattermostConfig(
        boolean sendResolved, @Nullable HttpClientConfig http, SecretSource webhookUrl, MattermostMessage message)
        implements IntegrationConfig {}
