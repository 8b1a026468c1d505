package dev.tocsin.notifiers.webex;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;

/** How Webex is configured (notifiers contract section 1.12). Stateless. */
public final class WebexKind implements NotifierKind {
    /** The kind. */
    public WebexKind() {}

    @Override
    public String name() {
        return "webex";
    }

    @Override
    public String configKey() {
        return "webex_configs";
    }

    @Override
    public String elementType() {
        return "*config.WebexConfig";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private WebexConfig decode(YamlFields fields, ConfigScope scope) {
        WebexConfig config = new WebexConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                Settings.url(fields, "api_url"),
                fields.string("message", "{{ template \"webex.default.message\" . }}"),
                fields.string("room_id"));
        if (config.roomId().isEmpty()) {
            fields.refuse("missing room_id on webex_config");
        }
        if (config.http() == null || config.http().authorization() == null) {
            fields.refuse("missing webex_configs.http_config.authorization");
        }
        return config;
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        WebexConfig own = (WebexConfig) config;
        Url url = own.apiUrl() == null ? global.webexApiUrl() : own.apiUrl();
        if (url == null) {
            throw new InvalidValueException("no global Webex URL set");
        }
        return new WebexConfig(own.sendResolved(), own.http(), url, own.message(), own.roomId());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        WebexConfig webex = (WebexConfig) config;
        out.bool("send_resolved", webex.sendResolved());
        HttpClientPrinter.print(webex.http(), out);
        out.textIfSet("api_url", webex.apiUrl())
                .textIfSet("message", webex.message())
                .text("room_id", webex.roomId());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        WebexConfig webex = (WebexConfig) config;
        return new WebexNotifier(webex, outbound.open(name(), webex.http()), templates);
    }
}
