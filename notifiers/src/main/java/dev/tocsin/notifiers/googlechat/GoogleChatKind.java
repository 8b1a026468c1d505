package dev.tocsin.notifiers.googlechat;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;

/** How Google Chat is configured. Stateless. */
public final class GoogleChatKind implements NotifierKind {
    private static final String MESSAGE =
            "*{{ template \"__subject\" . }}*\n{{ template \"__text_alert_list\" .Alerts }}";

    /** The kind. */
    public GoogleChatKind() {}

    @Override
    public String name() {
        return "googlechat";
    }

    @Override
    public String configKey() {
        return "googlechat_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "googlechat.plain", fields -> decode(fields, scope));
    }

    private GoogleChatConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource url = Texts.secretUrl(fields, "webhook_url");
        Settings.exactlyOne(fields, "webhook_url", url);
        return new GoogleChatConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                url,
                fields.string("message", MESSAGE),
                fields.bool("threads", true));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        GoogleChatConfig own = (GoogleChatConfig) config;
        return new GoogleChatConfig(
                own.sendResolved(), Settings.http(own.http(), global), own.webhookUrl(), own.message(), own.threads());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        GoogleChatConfig chat = (GoogleChatConfig) config;
        out.bool("send_resolved", chat.sendResolved());
        HttpClientPrinter.print(chat.http(), out);
        Settings.print("webhook_url", chat.webhookUrl(), out);
        out.textIfSet("message", chat.message()).bool("threads", chat.threads());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        GoogleChatConfig chat = (GoogleChatConfig) config;
        return new GoogleChatNotifier(chat, outbound.open(name(), chat.http()), templates);
    }
}
