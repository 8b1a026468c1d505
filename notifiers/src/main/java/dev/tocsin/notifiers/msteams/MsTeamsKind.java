package dev.tocsin.notifiers.msteams;

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
import dev.tocsin.notifiers.CardNotifier;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;

/** How Microsoft Teams' connectors are configured (notifiers contract section 1.13). Stateless. */
public final class MsTeamsKind implements NotifierKind {
    /** The kind. */
    public MsTeamsKind() {}

    @Override
    public String name() {
        return "msteams";
    }

    @Override
    public String configKey() {
        return "msteams_configs";
    }

    @Override
    public String elementType() {
        return "*msteams.MSTeamsConfig";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "msteams.plain", fields -> decode(fields, scope));
    }

    private MsTeamsConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource url = Texts.secretUrl(fields, "webhook_url");
        Settings.exactlyOne(fields, "webhook_url", url);
        return new MsTeamsConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                url,
                fields.string("title", "{{ template \"msteams.default.title\" . }}"),
                fields.string("summary", "{{ template \"msteams.default.summary\" . }}"),
                fields.string("text", "{{ template \"msteams.default.text\" . }}"));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        MsTeamsConfig own = (MsTeamsConfig) config;
        return new MsTeamsConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                own.webhookUrl(),
                own.title(),
                own.summary(),
                own.text());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        MsTeamsConfig teams = (MsTeamsConfig) config;
        out.bool("send_resolved", teams.sendResolved());
        HttpClientPrinter.print(teams.http(), out);
        Settings.print("webhook_url", teams.webhookUrl(), out);
        out.textIfSet("title", teams.title())
                .textIfSet("summary", teams.summary())
                .textIfSet("text", teams.text());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        MsTeamsConfig teams = (MsTeamsConfig) config;
        return new CardNotifier(
                teams.webhookUrl(), outbound.open(name(), teams.http()), templates, new MsTeamsCard(teams));
    }
}
