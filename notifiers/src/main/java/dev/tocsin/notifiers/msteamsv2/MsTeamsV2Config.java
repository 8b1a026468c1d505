package dev.tocsin.notifiers.msteamsv2;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code msteamsv2_configs} (notifiers contract section 1.14).
 *
 * @param http null as long as nothing was inherited
 * @param webhookUrl where to post; a file is read for every notification
 * @param title a template
 * @param text a template
 */
public record MsTeamsV2Config(
        boolean sendResolved, @Nullable HttpClientConfig http, SecretSource webhookUrl, String title, String text)
        implements IntegrationConfig {}
