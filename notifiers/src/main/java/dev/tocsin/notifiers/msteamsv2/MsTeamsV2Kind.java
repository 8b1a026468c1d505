package dev.tocsin.notifiers.msteamsv2;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.config.http.ProxyConfig;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.notifiers.CardNotifier;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import org.jspecify.annotations.Nullable;

/** How Microsoft Teams' workflows are configured (notifiers contract section 1.14). Stateless. */
public final class MsTeamsV2Kind implements NotifierKind {
    /** The kind. */
    public MsTeamsV2Kind() {}

    @Override
    public String name() {
        return "msteamsv2";
    }

    @Override
    public String configKey() {
        return "msteamsv2_configs";
    }

    @Override
    public String elementType() {
        return "*config.MSTeamsV2Config";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private MsTeamsV2Config decode(YamlFields fields, ConfigScope scope) {
        SecretSource url = Texts.secretUrl(fields, "webhook_url");
        Settings.exactlyOne(fields, "webhook_url", url);
        return new MsTeamsV2Config(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                url,
                fields.string("title", "{{ template \"msteamsv2.default.title\" . }}"),
                fields.string("text", "{{ template \"msteamsv2.default.text\" . }}"));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        MsTeamsV2Config own = (MsTeamsV2Config) config;
        return new MsTeamsV2Config(
                own.sendResolved(), http(own.http(), global), own.webhookUrl(), own.title(), own.text());
    }

    /** Its own settings go through the global proxy if they name none, nor the environment: {@code proxy_url} alone is inherited. */
    private static HttpClientConfig http(@Nullable HttpClientConfig own, GlobalConfig global) {
        if (own == null || own.proxy().proxyUrl() != null || own.proxy().fromEnvironment()) {
            return Settings.http(own, global);
        }
        ProxyConfig proxy = own.proxy();
        Url url = global.httpConfig().proxy().proxyUrl();
        return own.withProxy(new ProxyConfig(url, proxy.noProxy(), proxy.fromEnvironment(), proxy.connectHeader()));
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        MsTeamsV2Config teams = (MsTeamsV2Config) config;
        out.bool("send_resolved", teams.sendResolved());
        HttpClientPrinter.print(teams.http(), out);
        Settings.print("webhook_url", teams.webhookUrl(), out);
        out.textIfSet("title", teams.title()).textIfSet("text", teams.text());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        MsTeamsV2Config teams = (MsTeamsV2Config) config;
        return new CardNotifier(
                teams.webhookUrl(), outbound.open(name(), teams.http()), templates, new MsTeamsV2Card(teams));
    }
}
