package dev.tocsin.notifiers.pagerduty;

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
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlResolver;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import dev.tocsin.notifiers.http.IntegrationClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How PagerDuty is configured (notifiers contract section 1.3). Stateless. */
public final class PagerDutyKind implements NotifierKind {
    private static final Map<String, Object> DETAILS = Map.of(
            "firing", "{{ .Alerts.Firing | toJson }}",
            "resolved", "{{ .Alerts.Resolved | toJson }}",
            "num_firing", "{{ .Alerts.Firing | len }}",
            "num_resolved", "{{ .Alerts.Resolved | len }}");

    private final Url v1;

    /** Events of version 1 go to PagerDuty. */
    public PagerDutyKind() {
        this(Settings.known("https://events.pagerduty.com/generic/2010-04-15/create_event.json"));
    }

    /** @param v1 where events of version 1 go; a configuration cannot change it */
    public PagerDutyKind(Url v1) {
        this.v1 = v1;
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public String configKey() {
        return "pagerduty_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public String elementType() {
        return "*config.PagerdutyConfig";
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private PagerDutyConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource routingKey = Texts.secret(fields, "routing_key");
        SecretSource serviceKey = Texts.secret(fields, "service_key");
        if (!routingKey.isSet() && !serviceKey.isSet()) {
            fields.refuse("missing service or routing key in PagerDuty config");
        }
        Settings.atMostOne(fields, "routing_key", routingKey);
        Settings.atMostOne(fields, "service_key", serviceKey);
        return new PagerDutyConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                serviceKey,
                routingKey,
                Settings.url(fields, "url"),
                event(fields, scope),
                Texts.goDuration(fields, "timeout"));
    }

    private static PagerDutyEvent event(YamlFields fields, ConfigScope scope) {
        String client = fields.string("client", "{{ template \"pagerduty.default.client\" . }}");
        String source = fields.string("source");
        Map<String, @Nullable Object> details = new HashMap<>(DETAILS);
        fields.map("details", "map[string]interface {}", node -> node)
                .forEach((name, node) -> details.put(name, YamlResolver.value(node)));
        return new PagerDutyEvent(
                client,
                fields.string("client_url", "{{ template \"pagerduty.default.clientURL\" . }}"),
                fields.string("description", "{{ template \"pagerduty.default.description\" .}}"),
                details,
                fields.list(
                        "images",
                        "config.PagerdutyImage",
                        item -> scope.problems().struct(item, "config.PagerdutyImage", PagerDutyKind::image)),
                fields.list(
                        "links",
                        "config.PagerdutyLink",
                        item -> scope.problems().struct(item, "config.PagerdutyLink", PagerDutyKind::link)),
                source.isEmpty() ? client : source,
                fields.string("severity"),
                fields.string("class"),
                fields.string("component"),
                fields.string("group"));
    }

    private static PagerDutyEvent.Image image(YamlFields fields) {
        return new PagerDutyEvent.Image(fields.string("src"), fields.string("alt"), fields.string("href"));
    }

    private static PagerDutyEvent.Link link(YamlFields fields) {
        return new PagerDutyEvent.Link(fields.string("href"), fields.string("text"));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        PagerDutyConfig own = (PagerDutyConfig) config;
        Url url = own.url() == null ? global.pagerdutyUrl() : own.url();
        if (url == null) {
            throw new InvalidValueException("no global PagerDuty URL set");
        }
        return new PagerDutyConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                own.serviceKey(),
                own.routingKey(),
                url,
                own.event(),
                own.timeout());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        PagerDutyConfig pagerDuty = (PagerDutyConfig) config;
        PagerDutyEvent event = pagerDuty.event();
        out.bool("send_resolved", pagerDuty.sendResolved());
        HttpClientPrinter.print(pagerDuty.http(), out);
        Settings.print("service_key", pagerDuty.serviceKey(), out);
        Settings.print("routing_key", pagerDuty.routingKey(), out);
        out.textIfSet("url", pagerDuty.url())
                .textIfSet("client", event.client())
                .textIfSet("client_url", event.clientUrl())
                .textIfSet("description", event.description())
                .any("details", event.details())
                .mappingsIfAny("images", event.images(), PagerDutyKind::print)
                .mappingsIfAny("links", event.links(), PagerDutyKind::print)
                .textIfSet("source", event.source())
                .textIfSet("severity", event.severity())
                .textIfSet("class", event.eventClass())
                .textIfSet("component", event.component())
                .textIfSet("group", event.group())
                .text("timeout", GoDuration.print(pagerDuty.timeout()));
    }

    private static void print(PagerDutyEvent.Image image, YamlMapping out) {
        out.textIfSet("src", image.src()).textIfSet("alt", image.alt()).textIfSet("href", image.href());
    }

    private static void print(PagerDutyEvent.Link link, YamlMapping out) {
        out.textIfSet("href", link.href()).textIfSet("text", link.text());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        PagerDutyConfig pagerDuty = (PagerDutyConfig) config;
        IntegrationClient client = outbound.open(name(), pagerDuty.http());
        PagerDutyVersion version = pagerDuty.serviceKey().isSet()
                ? new PagerDutyV1(pagerDuty.event(), pagerDuty.serviceKey(), v1)
                : new PagerDutyV2(pagerDuty.event(), pagerDuty.routingKey(), Objects.requireNonNull(pagerDuty.url()));
        return new PagerDutyNotifier(pagerDuty, version, client, templates);
    }
}
