package dev.tocsin.notifiers.webhook;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlResolver;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import java.time.Duration;

/** How webhooks are configured (notifiers contract section 1.1). Stateless. */
public final class WebhookKind implements NotifierKind {
    /** The kind. */
    public WebhookKind() {}

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String configKey() {
        return "webhook_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "webhook.plain", fields -> decode(fields, scope));
    }

    private WebhookConfig decode(YamlFields fields, ConfigScope scope) {
        boolean sendResolved = fields.bool("send_resolved", sendResolvedByDefault());
        HttpClientConfig http = scope.http(fields);
        Secret url = fields.text("url", Secret.NONE, WebhookKind::url);
        String urlFile = fields.string("url_file");
        long maxAlerts = fields.unsigned("max_alerts", 0);
        Duration timeout = Texts.goDuration(fields, "timeout");
        YamlNode payload = fields.node("payload");
        Object values = payload == null ? null : YamlResolver.value(payload);
        if (!fields.has("url") && urlFile.isEmpty()) {
            fields.refuse("one of url or url_file must be configured");
        }
        if (fields.has("url") && !urlFile.isEmpty()) {
            fields.refuse("at most one of url & url_file must be configured");
        }
        return new WebhookConfig(sendResolved, http, url, urlFile, maxAlerts, timeout, values);
    }

    private static Secret url(String text) throws InvalidValueException {
        if (text.contains("{{")) {
            String problem = Settings.syntaxProblem(text);
            if (!problem.isEmpty()) {
                throw new InvalidValueException("invalid template syntax: " + problem);
            }
            return new Secret(text);
        }
        try {
            return Url.parseSecretHttp(text);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("invalid URL: " + e.getMessage());
        }
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        WebhookConfig own = (WebhookConfig) config;
        return new WebhookConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                own.url(),
                own.urlFile(),
                own.maxAlerts(),
                own.timeout(),
                own.payload());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        WebhookConfig webhook = (WebhookConfig) config;
        out.bool("send_resolved", webhook.sendResolved());
        HttpClientPrinter.print(webhook.http(), out);
        out.textIfSet("url", webhook.url())
                .text("url_file", webhook.urlFile())
                .integer("max_alerts", webhook.maxAlerts())
                .text("timeout", GoDuration.print(webhook.timeout()));
        if (webhook.payload() != null) {
            out.any("payload", webhook.payload());
        }
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        WebhookConfig webhook = (WebhookConfig) config;
        return new WebhookNotifier(webhook, outbound.open(name(), webhook.http()), templates);
    }
}
