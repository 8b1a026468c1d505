package dev.tocsin.notifiers.incidentio;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code incidentio_configs} (notifiers contract section 1.16).
 *
 * @param http null as long as nothing was inherited
 * @param url where to post; null if it is in a file
 * @param urlFile read for every notification; may be empty
 * @param alertSourceToken the credentials; may be absent
 * @param maxAlerts how many alerts are told; 0 for all
 * @param timeout of one attempt; zero for none besides that of the flush
 */
public record IncidentioConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        @Nullable Url url,
        String urlFile,
        SecretSource alertSourceToken,
        long maxAlerts,
        Duration timeout)
        implements IntegrationConfig {}
