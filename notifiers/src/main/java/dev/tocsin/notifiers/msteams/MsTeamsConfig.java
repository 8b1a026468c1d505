package dev.tocsin.notifiers.msteams;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code msteams_configs} (notifiers contract section 1.13).
 *
 * @param http null as long as nothing was inherited
 * @param webhookUrl where to post; a file is read for every notification
 * @param title a template
 * @param summary a template
 * @param text a template
 */
public record MsTeamsConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        SecretSource webhookUrl,
        String title,
        String summary,
        String text)
        implements IntegrationConfig {}
