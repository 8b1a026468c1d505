package dev.tocsin.notifiers.discord;

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

/** How Discord is configured (notifiers contract section 1.11). Stateless. */
public final class DiscordKind implements NotifierKind {
    /** The kind. */
    public DiscordKind() {}

    @Override
    public String name() {
        return "discord";
    }

    @Override
    public String configKey() {
        return "discord_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "discord.plain", fields -> decode(fields, scope));
    }

    private DiscordConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource url = Texts.secretUrl(fields, "webhook_url");
        Settings.exactlyOne(fields, "webhook_url", url);
        return new DiscordConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                url,
                fields.string("content"),
                fields.string("title", "{{ template \"discord.default.title\" . }}"),
                fields.string("message", "{{ template \"discord.default.message\" . }}"),
                fields.string("username"),
                fields.string("avatar_url"));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        DiscordConfig own = (DiscordConfig) config;
        return new DiscordConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                own.webhookUrl(),
                own.content(),
                own.title(),
                own.message(),
                own.username(),
                own.avatarUrl());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        DiscordConfig discord = (DiscordConfig) config;
        out.bool("send_resolved", discord.sendResolved());
        HttpClientPrinter.print(discord.http(), out);
        Settings.print("webhook_url", discord.webhookUrl(), out);
        out.textIfSet("content", discord.content())
                .textIfSet("title", discord.title())
                .textIfSet("message", discord.message())
                .textIfSet("username", discord.username())
                .textIfSet("avatar_url", discord.avatarUrl());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        DiscordConfig discord = (DiscordConfig) config;
        return new DiscordNotifier(discord, outbound.open(name(), discord.http()), templates);
    }
}
