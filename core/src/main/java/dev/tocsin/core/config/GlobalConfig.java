package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.TlsConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code global} block with its defaults (contract section 2.4). An address is null only if it has no default, or was
 * written as null.
 *
 * @param resolveTimeout when an alert without an end is over
 * @param httpConfig for integrations that have none of their own
 */
public record GlobalConfig(
        Duration resolveTimeout,
        HttpClientConfig httpConfig,
        @Nullable Url jiraApiUrl,
        Smtp smtp,
        Slack slack,
        @Nullable Url pagerdutyUrl,
        @Nullable Url opsgenieApiUrl,
        SecretSource opsgenieApiKey,
        @Nullable Url wechatApiUrl,
        SecretSource wechatApiSecret,
        String wechatApiCorpId,
        @Nullable Url victoropsApiUrl,
        SecretSource victoropsApiKey,
        @Nullable Url telegramApiUrl,
        SecretSource telegramBotToken,
        @Nullable Url webexApiUrl,
        @Nullable Url rocketchatApiUrl,
        SecretSource rocketchatToken,
        SecretSource rocketchatTokenId,
        SecretSource mattermostWebhookUrl) {

    /**
     * Mail.
     *
     * @param smarthost {@code host:port}; empty if not set
     * @param hello the name in EHLO
     * @param tlsConfig null if written as null
     * @param forceImplicitTls null to let the port decide
     */
    public record Smtp(
            String from,
            String hello,
            String smarthost,
            String authUsername,
            SecretSource authPassword,
            SecretSource authSecret,
            String authIdentity,
            boolean requireTls,
            @Nullable TlsConfig tlsConfig,
            @Nullable Boolean forceImplicitTls) {}

    /**
     * Slack: either an incoming webhook's address or an app's token.
     *
     * @param apiUrl the secret address of a webhook, or the file that holds it
     * @param appToken the token of an app
     * @param appUrl where messages of an app go
     */
    public record Slack(
            SecretSource apiUrl,
            SecretSource appToken,
            @Nullable Url appUrl) {}
}
