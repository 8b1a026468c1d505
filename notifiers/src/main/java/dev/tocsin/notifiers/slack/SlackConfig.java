package dev.tocsin.notifiers.slack;

import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code slack_configs} (notifiers contract section 1.4).
 *
 * @param http null as long as nothing was inherited; with a token it carries it
 * @param access a webhook or an app; of an app, the complete settings have its address as that of the webhook too
 * @param updateMessage whether later notifications of a group change its first message
 * @param timeout of one attempt; zero for none besides that of the flush
 */
public record SlackConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        GlobalConfig.Slack access,
        SlackMessage message,
        boolean updateMessage,
        Duration timeout)
        implements IntegrationConfig {}
