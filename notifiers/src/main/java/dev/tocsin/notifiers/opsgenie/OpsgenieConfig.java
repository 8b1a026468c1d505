package dev.tocsin.notifiers.opsgenie;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code opsgenie_configs} (notifiers contract section 1.5).
 *
 * @param http null as long as nothing was inherited
 * @param apiKey a template, also in a file, which is read for every notification; what is written counts if there is a
 *     file too
 * @param apiUrl what addresses begin with; null as long as nothing was inherited
 * @param updateAlerts whether message and description of an alert that stands are brought up to date
 */
public record OpsgenieConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        SecretSource apiKey,
        @Nullable Url apiUrl,
        OpsgenieAlert alert,
        boolean updateAlerts)
        implements IntegrationConfig {}
