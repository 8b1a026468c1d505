package dev.tocsin.notifiers.opsgenie;

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
import java.util.Locale;
import java.util.Set;

/** How Opsgenie is configured (notifiers contract section 1.5). Stateless. */
public final class OpsgenieKind implements NotifierKind {
    private static final Set<String> TYPES = Set.of("team", "teams", "user", "escalation", "schedule");

    /** The kind. */
    public OpsgenieKind() {}

    @Override
    public String name() {
        return "opsgenie";
    }

    @Override
    public String configKey() {
        return "opsgenie_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public boolean takesNull() {
        return true;
    }

    @Override
    public String elementType() {
        return "*config.OpsGenieConfig";
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private OpsgenieConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource key = Texts.secret(fields, "api_key");
        Settings.atMostOne(fields, "api_key", key);
        OpsgenieAlert alert = new OpsgenieAlert(
                fields.string("message", byDefault("message")),
                fields.string("description", byDefault("description")),
                fields.string("source", byDefault("source")),
                fields.stringMap("details"),
                fields.string("entity"),
                fields.list(
                        "responders",
                        "config.OpsGenieConfigResponder",
                        item -> scope.problems()
                                .struct(item, "config.OpsGenieConfigResponder", OpsgenieKind::responder)),
                fields.string("actions"),
                fields.string("tags"),
                fields.string("note"),
                fields.string("priority"));
        for (OpsgenieAlert.Responder responder : alert.responders()) {
            String problem = problem(responder);
            if (!problem.isEmpty()) {
                fields.refuseAt("responders", "opsGenieConfig responder " + shown(responder) + " " + problem);
            }
        }
        return new OpsgenieConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                key,
                Settings.url(fields, "api_url"),
                alert,
                fields.bool("update_alerts", false));
    }

    private static String byDefault(String name) {
        return "{{ template \"opsgenie.default." + name + "\" . }}";
    }

    private static OpsgenieAlert.Responder responder(YamlFields fields) {
        return new OpsgenieAlert.Responder(
                fields.string("id"), fields.string("name"), fields.string("username"), fields.string("type"));
    }

    /** What is wrong with a responder; empty if nothing is. */
    private static String problem(OpsgenieAlert.Responder responder) {
        if (responder.id().isEmpty()
                && responder.name().isEmpty()
                && responder.username().isEmpty()) {
            return "has to have at least one of id, username or name specified";
        }
        if (responder.type().contains("{{")) {
            String syntax = Settings.syntaxProblem(responder.type());
            return syntax.isEmpty() ? "" : "type contains invalid template syntax: " + syntax;
        }
        return TYPES.contains(responder.type().toLowerCase(Locale.ROOT))
                ? ""
                : "type does not match valid options ^(team|teams|user|escalation|schedule)$";
    }

    private static String shown(OpsgenieAlert.Responder responder) {
        return "{" + responder.id() + " " + responder.name() + " " + responder.username() + " " + responder.type()
                + "}";
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        OpsgenieConfig own = (OpsgenieConfig) config;
        Url url = own.apiUrl() == null ? global.opsgenieApiUrl() : own.apiUrl();
        if (url == null) {
            throw new InvalidValueException("no global OpsGenie URL set");
        }
        SecretSource key = Settings.inherit(own.apiKey(), global.opsgenieApiKey());
        if (!key.isSet()) {
            throw new InvalidValueException("no global OpsGenie API Key set either inline or in a file");
        }
        return new OpsgenieConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                key,
                url.withTrailingSlash(),
                own.alert(),
                own.updateAlerts());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        OpsgenieConfig opsgenie = (OpsgenieConfig) config;
        OpsgenieAlert alert = opsgenie.alert();
        out.bool("send_resolved", opsgenie.sendResolved());
        HttpClientPrinter.print(opsgenie.http(), out);
        Settings.print("api_key", opsgenie.apiKey(), out);
        out.textIfSet("api_url", opsgenie.apiUrl())
                .textIfSet("message", alert.message())
                .textIfSet("description", alert.description())
                .textIfSet("source", alert.source())
                .textMapIfAny("details", alert.details())
                .textIfSet("entity", alert.entity())
                .mappingsIfAny("responders", alert.responders(), OpsgenieKind::print)
                .textIfSet("actions", alert.actions())
                .textIfSet("tags", alert.tags())
                .textIfSet("note", alert.note())
                .textIfSet("priority", alert.priority())
                .boolIfTrue("update_alerts", opsgenie.updateAlerts());
    }

    private static void print(OpsgenieAlert.Responder responder, YamlMapping out) {
        out.textIfSet("id", responder.id())
                .textIfSet("name", responder.name())
                .textIfSet("username", responder.username())
                .textIfSet("type", responder.type());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        OpsgenieConfig opsgenie = (OpsgenieConfig) config;
        return new OpsgenieNotifier(opsgenie, outbound.open(name(), opsgenie.http()), templates);
    }
}
