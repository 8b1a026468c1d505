package dev.tocsin.notifiers.matrix;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code matrix_configs}.
 *
 * @param http null as long as nothing was inherited
 * @param homeserverUrl what the address begins with
 * @param accessToken the account's; a file is read again when it changes
 * @param roomId a template
 * @param message a template of plain text
 * @param html a template of HTML; empty to send plain text only
 * @param notice whether the message is one that other bots leave alone
 */
public record MatrixConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        Url homeserverUrl,
        SecretSource accessToken,
        String roomId,
        String message,
        String html,
        boolean notice)
        implements IntegrationConfig {}
