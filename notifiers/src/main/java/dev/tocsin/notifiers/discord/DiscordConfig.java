package dev.tocsin.notifiers.discord;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code discord_configs} (notifiers contract section 1.11).
 *
 * @param http null as long as nothing was inherited
 * @param webhookUrl where to post; a file is read for every notification
 * @param content a template, the plain text above the embed
 * @param title a template
 * @param message a template
 * @param username sent as it is; empty for the webhook's own
 * @param avatarUrl sent as it is; empty for the webhook's own
 */
public record DiscordConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        SecretSource webhookUrl,
        String content,
        String title,
        String message,
        String username,
        String avatarUrl)
        implements IntegrationConfig {}
