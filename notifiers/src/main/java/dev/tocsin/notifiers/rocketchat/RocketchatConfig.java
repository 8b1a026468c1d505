package dev.tocsin.notifiers.rocketchat;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code rocketchat_configs} (notifiers contract section 1.17).
 *
 * @param http null as long as nothing was inherited
 * @param apiUrl the server's address; null as long as nothing was inherited
 * @param tokenId the user's id; the file counts if both are there
 * @param token the user's token; the file counts if both are there
 */
public record RocketchatConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        @Nullable Url apiUrl,
        SecretSource tokenId,
        SecretSource token,
        RocketchatMessage message)
        implements IntegrationConfig {}
