package dev.tocsin.it.sim.world;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;

/** A webhook whose address is the number of a simulated receiver. */
final class SimKind implements IntegrationKind {
    record Settings(boolean sendResolved, String url) implements IntegrationConfig {
        int receiver() {
            return Integer.parseInt(url);
        }
    }

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
        return scope.problems().struct(node, "config.plain", SimKind::read);
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
