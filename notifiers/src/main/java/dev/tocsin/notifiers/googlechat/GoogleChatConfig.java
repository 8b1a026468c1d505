package dev.tocsin.notifiers.googlechat;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code googlechat_configs}.
 *
 * @param http null as long as nothing was inherited
 * @param webhookUrl where to post, the key and token in it; a file is read for every notification
 * @param message a template
 * @param threads whether all messages of a group stand in one thread
 */
public record GoogleChatConfig(
        boolean sendResolved, @Nullable HttpClientConfig http, SecretSource webhookUrl, String message, boolean threads)
        implements IntegrationConfig {}
