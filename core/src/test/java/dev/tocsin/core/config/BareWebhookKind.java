package dev.tocsin.core.config;

import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;

/** A webhook of which only the address and {@code send_resolved} count: the address is any word by which a test knows it. */
public final class BareWebhookKind implements IntegrationKind {
    /** The settings. */
    public record Settings(boolean sendResolved, String url) implements IntegrationConfig {}

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
        return scope.problems().struct(node, "config.plain", BareWebhookKind::read);
    }

    private static Settings read(YamlFields fields) {
        return new Settings(fields.bool("send_resolved", true), fields.string("url"));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        return config;
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        Settings settings = (Settings) config;
        out.bool("send_resolved", settings.sendResolved()).text("url", settings.url());
    }
}
