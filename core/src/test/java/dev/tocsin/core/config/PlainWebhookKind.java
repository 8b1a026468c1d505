package dev.tocsin.core.config;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlResolver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A webhook kind without templates: enough to read, complete and print the settings of webhooks in tests of this module. */
public final class PlainWebhookKind implements IntegrationKind {
    /** The settings; {@code payload} as plain values. */
    public record PlainWebhook(
            boolean sendResolved,
            @Nullable HttpClientConfig http,
            Secret url,
            String urlFile,
            long maxAlerts,
            Duration timeout,
            @Nullable Object payload)
            implements IntegrationConfig {}

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
        return scope.problems().struct(node, "webhook.plain", fields -> decode(fields, scope));
    }

    private PlainWebhook decode(YamlFields fields, ConfigScope scope) {
        YamlNode payload = fields.node("payload");
        PlainWebhook webhook = new PlainWebhook(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                fields.text("url", Secret.NONE, PlainWebhookKind::url),
                fields.string("url_file"),
                fields.unsigned("max_alerts", 0),
                Texts.goDuration(fields, "timeout"),
                payload == null ? null : YamlResolver.value(payload));
        if (webhook.url().isEmpty() && webhook.urlFile().isEmpty()) {
            fields.refuse("one of url or url_file must be configured");
        }
        if (!webhook.url().isEmpty() && !webhook.urlFile().isEmpty()) {
            fields.refuse("at most one of url & url_file must be configured");
        }
        return webhook;
    }

    private static Secret url(String text) throws InvalidValueException {
        if (text.contains("{{")) {
            return new Secret(text);
        }
        try {
            return Url.parseSecretHttp(text);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("invalid URL: " + e.getMessage());
        }
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        PlainWebhook w = (PlainWebhook) config;
        return w.http() != null
                ? w
                : new PlainWebhook(
                        w.sendResolved(),
                        global.httpConfig(),
                        w.url(),
                        w.urlFile(),
                        w.maxAlerts(),
                        w.timeout(),
                        w.payload());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        PlainWebhook webhook = (PlainWebhook) config;
        out.bool("send_resolved", webhook.sendResolved());
        HttpClientPrinter.print(webhook.http(), out);
        out.textIfSet("url", webhook.url())
                .text("url_file", webhook.urlFile())
                .integer("max_alerts", webhook.maxAlerts())
                .text("timeout", GoDuration.print(webhook.timeout()));
        if (webhook.payload() != null) {
            out.any("payload", webhook.payload());
        }
    }
}
