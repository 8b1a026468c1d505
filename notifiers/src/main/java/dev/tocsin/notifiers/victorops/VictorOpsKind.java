package dev.tocsin.notifiers.victorops;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
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
import java.util.Set;

/** How VictorOps is configured (notifiers contract section 1.6). Stateless. */
public final class VictorOpsKind implements NotifierKind {
    /** What the notifier itself sends. */
    private static final Set<String> RESERVED = Set.of(
            "routing_key",
            "message_type",
            "state_message",
            "entity_display_name",
            "monitoring_tool",
            "entity_id",
            "entity_state");

    /** The kind. */
    public VictorOpsKind() {}

    @Override
    public String name() {
        return "victorops";
    }

    @Override
    public String configKey() {
        return "victorops_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public String elementType() {
        return "*config.VictorOpsConfig";
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private VictorOpsConfig decode(YamlFields fields, ConfigScope scope) {
        VictorOpsConfig config = new VictorOpsConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                Texts.secret(fields, "api_key"),
                Settings.url(fields, "api_url"),
                fields.string("routing_key"),
                fields.string("message_type", "CRITICAL"),
                fields.string("state_message", byDefault("state_message")),
                fields.string("entity_display_name", byDefault("entity_display_name")),
                fields.string("monitoring_tool", byDefault("monitoring_tool")),
                fields.stringMap("custom_fields"));
        if (config.routingKey().isEmpty()) {
            fields.refuse("missing Routing key in VictorOps config");
        }
        Settings.atMostOne(fields, "api_key", config.apiKey());
        for (String name : config.customFields().keySet()) {
            if (RESERVED.contains(name)) {
                fields.refuseAt(
                        "custom_fields",
                        "victorOps config contains custom field " + name
                                + " which cannot be used as it conflicts with the fixed/static fields");
            }
        }
        return config;
    }

    private static String byDefault(String name) {
        return "{{ template \"victorops.default." + name + "\" . }}";
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        VictorOpsConfig own = (VictorOpsConfig) config;
        Url url = own.apiUrl() == null ? global.victoropsApiUrl() : own.apiUrl();
        if (url == null) {
            throw new InvalidValueException("no global VictorOps URL set");
        }
        SecretSource key = Settings.inherit(own.apiKey(), global.victoropsApiKey());
        if (!key.isSet()) {
            throw new InvalidValueException("no global VictorOps API Key set");
        }
        return new VictorOpsConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                key,
                url.withTrailingSlash(),
                own.routingKey(),
                own.messageType(),
                own.stateMessage(),
                own.entityDisplayName(),
                own.monitoringTool(),
                own.customFields());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        VictorOpsConfig victorOps = (VictorOpsConfig) config;
        out.bool("send_resolved", victorOps.sendResolved());
        HttpClientPrinter.print(victorOps.http(), out);
        Settings.print("api_key", victorOps.apiKey(), out);
        out.textIfSet("api_url", victorOps.apiUrl())
                .text("routing_key", victorOps.routingKey())
                .text("message_type", victorOps.messageType())
                .text("state_message", victorOps.stateMessage())
                .text("entity_display_name", victorOps.entityDisplayName())
                .text("monitoring_tool", victorOps.monitoringTool())
                .textMapIfAny("custom_fields", victorOps.customFields());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        VictorOpsConfig victorOps = (VictorOpsConfig) config;
        return new VictorOpsNotifier(victorOps, outbound.open(name(), victorOps.http()), templates);
    }
}
