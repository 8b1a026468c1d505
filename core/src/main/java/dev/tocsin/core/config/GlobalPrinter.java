package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.yaml.YamlMapping;

/** Prints the {@code global} block. */
final class GlobalPrinter {
    private GlobalPrinter() {}

    static void print(GlobalConfig global, YamlMapping out) {
        GlobalConfig.Smtp smtp = global.smtp();
        GlobalConfig.Slack slack = global.slack();
        out.text("resolve_timeout", PrometheusDuration.print(global.resolveTimeout()));
        HttpClientPrinter.print(global.httpConfig(), out);
        out.textIfSet("jira_api_url", global.jiraApiUrl())
                .textIfSet("smtp_from", smtp.from())
                .textIfSet("smtp_hello", smtp.hello())
                .textIfSet("smtp_smarthost", smtp.smarthost())
                .textIfSet("smtp_auth_username", smtp.authUsername());
        secret("smtp_auth_password", smtp.authPassword(), out);
        secret("smtp_auth_secret", smtp.authSecret(), out);
        out.textIfSet("smtp_auth_identity", smtp.authIdentity()).bool("smtp_require_tls", smtp.requireTls());
        TlsConfig tls = smtp.tlsConfig();
        if (tls != null) {
            out.mapping("smtp_tls_config", block -> HttpClientPrinter.tlsBlock(tls, block));
        }
        Boolean implicit = smtp.forceImplicitTls();
        if (implicit != null) {
            out.bool("smtp_force_implicit_tls", implicit);
        }
        secret("slack_api_url", slack.apiUrl(), out);
        secret("slack_app_token", slack.appToken(), out);
        out.textIfSet("slack_app_url", slack.appUrl())
                .textIfSet("pagerduty_url", global.pagerdutyUrl())
                .textIfSet("opsgenie_api_url", global.opsgenieApiUrl());
        secret("opsgenie_api_key", global.opsgenieApiKey(), out);
        out.textIfSet("wechat_api_url", global.wechatApiUrl());
        secret("wechat_api_secret", global.wechatApiSecret(), out);
        out.textIfSet("wechat_api_corp_id", global.wechatApiCorpId())
                .textIfSet("victorops_api_url", global.victoropsApiUrl());
        secret("victorops_api_key", global.victoropsApiKey(), out);
        out.textIfSet("telegram_api_url", global.telegramApiUrl());
        secret("telegram_bot_token", global.telegramBotToken(), out);
        out.textIfSet("webex_api_url", global.webexApiUrl()).textIfSet("rocketchat_api_url", global.rocketchatApiUrl());
        secret("rocketchat_token", global.rocketchatToken(), out);
        secret("rocketchat_token_id", global.rocketchatTokenId(), out);
        secret("mattermost_webhook_url", global.mattermostWebhookUrl(), out);
    }

    private static void secret(String key, SecretSource source, YamlMapping out) {
        out.textIfSet(key, source.inline()).textIfSet(key + "_file", source.file());
    }
}
