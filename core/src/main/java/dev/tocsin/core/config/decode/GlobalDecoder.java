package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the {@code global} block and checks that nothing in it is said twice. */
final class GlobalDecoder {
    private final ConfigScope scope;

    GlobalDecoder(ConfigScope scope) {
        this.scope = scope;
    }

    /** The block; all fields absent if there is none, which gives the defaults. */
    GlobalConfig decode(YamlFields fields) {
        HttpClientConfig http = scope.http(fields);
        return new GlobalConfig(
                fields.text("resolve_timeout", Duration.ofMinutes(5), Duration.ZERO, Texts::duration),
                http == null ? HttpClientConfig.DEFAULT : http,
                url(fields, "jira_api_url", null),
                smtp(fields),
                new GlobalConfig.Slack(
                        Texts.secretUrl(fields, "slack_api_url"),
                        Texts.secret(fields, "slack_app_token"),
                        url(fields, "slack_app_url", "https://slack.com/api/chat.postMessage")),
                url(fields, "pagerduty_url", "https://events.pagerduty.com/v2/enqueue"),
                folder(fields, "opsgenie_api_url", "https://api.opsgenie.com/"),
                Texts.secret(fields, "opsgenie_api_key"),
                folder(fields, "wechat_api_url", "https://qyapi.weixin.qq.com/cgi-bin/"),
                Texts.secret(fields, "wechat_api_secret"),
                fields.string("wechat_api_corp_id"),
                folder(fields, "victorops_api_url", "https://alert.victorops.com/integrations/generic/20131114/alert/"),
                Texts.secret(fields, "victorops_api_key"),
                url(fields, "telegram_api_url", "https://api.telegram.org"),
                Texts.secret(fields, "telegram_bot_token"),
                url(fields, "webex_api_url", "https://webexapis.com/v1/messages"),
                url(fields, "rocketchat_api_url", "https://open.rocket.chat/"),
                Texts.secret(fields, "rocketchat_token"),
                Texts.secret(fields, "rocketchat_token_id"),
                Texts.secretUrl(fields, "mattermost_webhook_url"));
    }

    private GlobalConfig.Smtp smtp(YamlFields fields) {
        boolean hasTls = fields.node("smtp_tls_config") != null;
        TlsConfig tls = scope.tlsFromWorkingFolder(fields, "smtp_tls_config");
        return new GlobalConfig.Smtp(
                fields.string("smtp_from"),
                fields.string("smtp_hello", "localhost"),
                fields.text("smtp_smarthost", "", Texts::hostPort),
                fields.string("smtp_auth_username"),
                Texts.secret(fields, "smtp_auth_password"),
                Texts.secret(fields, "smtp_auth_secret"),
                fields.string("smtp_auth_identity"),
                fields.bool("smtp_require_tls", true),
                hasTls ? tls : TlsConfig.NONE,
                fields.has("smtp_force_implicit_tls") ? fields.bool("smtp_force_implicit_tls", false) : null);
    }

    private static @Nullable Url url(YamlFields fields, String key, @Nullable String byDefault) {
        return fields.text(key, byDefault == null ? null : known(byDefault), null, Url::parseHttp);
    }

    /** An address to which integrations add paths: Alertmanager gives it a slash at the end, and prints it so. */
    private static @Nullable Url folder(YamlFields fields, String key, String byDefault) {
        Url url = url(fields, key, byDefault);
        return url == null ? null : url.withTrailingSlash();
    }

    private static Url known(String text) {
        try {
            return Url.parseHttp(text);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Hands what is said twice to {@code refuse}: the key and the message, in Alertmanager's order. */
    static void check(GlobalConfig global, BiConsumer<String, String> refuse) {
        GlobalConfig.Slack slack = global.slack();
        exclusive("slack_app_token", slack.appToken(), refuse);
        exclusive("slack_api_url", slack.apiUrl(), refuse);
        boolean sameAddress = slack.appUrl() != null
                && slack.apiUrl().inline().reveal().equals(slack.appUrl().toString());
        if (slack.appToken().isSet() && slack.apiUrl().isSet() && !sameAddress) {
            refuse.accept(
                    "slack_app_token",
                    "at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured");
        }
        exclusive("opsgenie_api_key", global.opsgenieApiKey(), refuse);
        exclusive("victorops_api_key", global.victoropsApiKey(), refuse);
        exclusive("telegram_bot_token", global.telegramBotToken(), refuse);
        exclusive("smtp_auth_password", global.smtp().authPassword(), refuse);
        exclusive("rocketchat_token", global.rocketchatToken(), refuse);
        exclusive("rocketchat_token_id", global.rocketchatTokenId(), refuse);
        exclusive("smtp_auth_secret", global.smtp().authSecret(), refuse);
        exclusive("wechat_api_secret", global.wechatApiSecret(), refuse);
        exclusive("mattermost_webhook_url", global.mattermostWebhookUrl(), refuse);
    }

    private static void exclusive(String key, SecretSource source, BiConsumer<String, String> refuse) {
        if (source.isAmbiguous()) {
            refuse.accept(key, "at most one of " + key + " & " + key + "_file must be configured");
        }
    }
}
