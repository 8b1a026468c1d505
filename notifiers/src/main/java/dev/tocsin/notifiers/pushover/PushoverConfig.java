package dev.tocsin.notifiers.pushover;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code pushover_configs} (notifiers contract section 1.7).
 *
 * @param http null as long as nothing was inherited
 * @param userKey who gets the messages; a template, also in a file, which is read for every notification
 * @param token of the application, as {@code userKey}
 */
public record PushoverConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        SecretSource userKey,
        SecretSource token,
        Message message)
        implements IntegrationConfig {

    /**
     * What is sent. The texts are templates.
     *
     * @param retry how often an emergency is repeated, sent in whole seconds
     * @param expire when repeating ends, sent in whole seconds
     * @param ttl when the message goes away by itself, sent in whole seconds; zero for never
     * @param html whether {@code message} is HTML
     * @param monospace whether the message is shown in a monospaced font; not together with {@code html}
     */
    public record Message(
            String title,
            String message,
            String url,
            String urlTitle,
            String device,
            String sound,
            String priority,
            Duration retry,
            Duration expire,
            Duration ttl,
            boolean html,
            boolean monospace) {}
}
