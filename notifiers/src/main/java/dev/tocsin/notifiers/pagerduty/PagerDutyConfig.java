package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code pagerduty_configs} (notifiers contract section 1.3). Keys are templates, also in files, which are
 * read for every notification.
 *
 * @param http null as long as nothing was inherited
 * @param serviceKey for events of version 1; it counts if both keys are there
 * @param routingKey for events of version 2
 * @param url where events of version 2 go; null as long as nothing was inherited
 * @param timeout of one attempt; zero for none besides that of the flush
 */
public record PagerDutyConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        SecretSource serviceKey,
        SecretSource routingKey,
        @Nullable Url url,
        PagerDutyEvent event,
        Duration timeout)
        implements IntegrationConfig {}
