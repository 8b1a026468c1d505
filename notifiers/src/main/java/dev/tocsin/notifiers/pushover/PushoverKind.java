package dev.tocsin.notifiers.pushover;

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
import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import java.time.Duration;

/** How Pushover is configured (notifiers contract section 1.7). Stateless. */
public final class PushoverKind implements NotifierKind {
    private final Url api;

    /** Messages go to Pushover. */
    public PushoverKind() {
        this(Settings.known("https://api.pushover.net/1/messages.json"));
    }

    /** @param api where messages go; a configuration cannot change it */
    public PushoverKind(Url api) {
        this.api = api;
    }

    @Override
    public String name() {
        return "pushover";
    }

    @Override
    public String configKey() {
        return "pushover_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public String elementType() {
        return "*config.PushoverConfig";
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private PushoverConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource userKey = Texts.secret(fields, "user_key");
        SecretSource token = Texts.secret(fields, "token");
        boolean html = fields.bool("html", false);
        boolean monospace = fields.bool("monospace", false);
        Settings.exactlyOne(fields, "user_key", userKey);
        Settings.exactlyOne(fields, "token", token);
        if (html && monospace) {
            fields.refuse("at most one of monospace & html must be configured");
        }
        return new PushoverConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                userKey,
                token,
                new PushoverConfig.Message(
                        fields.string("title", "{{ template \"pushover.default.title\" . }}"),
                        fields.string("message", "{{ template \"pushover.default.message\" . }}"),
                        fields.string("url", "{{ template \"pushover.default.url\" . }}"),
                        fields.string("url_title"),
                        fields.string("device"),
                        fields.string("sound"),
                        fields.string("priority", "{{ if eq .Status \"firing\" }}2{{ else }}0{{ end }}"),
                        duration(fields, "retry", Duration.ofMinutes(1)),
                        duration(fields, "expire", Duration.ofHours(1)),
                        duration(fields, "ttl", Duration.ZERO),
                        html,
                        monospace));
    }

    private static Duration duration(YamlFields fields, String key, Duration byDefault) {
        YamlNode node = fields.node(key);
        if (node != null && !(node instanceof YamlNode.Scalar)) {
            fields.problems().mistyped(node, "config.duration", "write a duration, such as 30s");
            return byDefault;
        }
        return fields.text(key, byDefault, byDefault, PushoverKind::duration);
    }

    private static Duration duration(String text) throws InvalidValueException {
        try {
            return GoDuration.parse(text);
        } catch (InvalidTimeException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        PushoverConfig own = (PushoverConfig) config;
        return new PushoverConfig(
                own.sendResolved(), Settings.http(own.http(), global), own.userKey(), own.token(), own.message());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        PushoverConfig pushover = (PushoverConfig) config;
        PushoverConfig.Message message = pushover.message();
        out.bool("send_resolved", pushover.sendResolved());
        HttpClientPrinter.print(pushover.http(), out);
        Settings.print("user_key", pushover.userKey(), out);
        Settings.print("token", pushover.token(), out);
        out.textIfSet("title", message.title())
                .textIfSet("message", message.message())
                .textIfSet("url", message.url())
                .textIfSet("url_title", message.urlTitle())
                .textIfSet("device", message.device())
                .textIfSet("sound", message.sound())
                .textIfSet("priority", message.priority());
        print("retry", message.retry(), out);
        print("expire", message.expire(), out);
        print("ttl", message.ttl(), out);
        out.boolIfTrue("html", message.html()).boolIfTrue("monospace", message.monospace());
    }

    private static void print(String key, Duration duration, YamlMapping out) {
        if (!duration.isZero()) {
            out.text(key, GoDuration.print(duration));
        }
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        PushoverConfig pushover = (PushoverConfig) config;
        return new PushoverNotifier(pushover, api, outbound.open(name(), pushover.http()), templates);
    }
}
