package dev.tocsin.notifiers.victorops;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code victorops_configs} (notifiers contract section 1.6). The texts but the key are templates.
 *
 * @param http null as long as nothing was inherited
 * @param apiKey part of the address; what is written counts if there is a file too
 * @param apiUrl what the address begins with; null as long as nothing was inherited
 * @param customFields name to template; names are sent as they are
 */
public record VictorOpsConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        SecretSource apiKey,
        @Nullable Url apiUrl,
        String routingKey,
        String messageType,
        String stateMessage,
        String entityDisplayName,
        String monitoringTool,
        Map<String, String> customFields)
        implements IntegrationConfig {}
