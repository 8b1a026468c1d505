package dev.tocsin.notifiers.incidentio;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.http.AuthorizationConfig;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import dev.tocsin.notifiers.http.auth.Secrets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How incident.io is configured (notifiers contract section 1.16). Stateless. */
public final class IncidentioKind implements NotifierKind {
    /** The kind. */
    public IncidentioKind() {}

    @Override
    public String name() {
        return "incidentio";
    }

    @Override
    public String configKey() {
        return "incidentio_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "incidentio.plain", fields -> decode(fields, scope));
    }

    private IncidentioConfig decode(YamlFields fields, ConfigScope scope) {
        IncidentioConfig config = new IncidentioConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.httpFromWorkingFolder(fields),
                Settings.url(fields, "url"),
                fields.string("url_file"),
                Texts.secret(fields, "alert_source_token"),
                fields.unsigned("max_alerts", 0),
                Texts.goDuration(fields, "timeout"));
        check(config, fields);
        return config;
    }

    private static void check(IncidentioConfig config, YamlFields fields) {
        if (config.url() == null && config.urlFile().isEmpty()) {
            fields.refuse("one of url or url_file must be configured");
        }
        if (config.url() != null && !config.urlFile().isEmpty()) {
            fields.refuse("at most one of url & url_file must be configured");
        }
        Settings.atMostOne(fields, "alert_source_token", config.alertSourceToken());
        HttpClientConfig http = config.http();
        if (http == null) {
            return;
        }
        boolean token = config.alertSourceToken().isSet();
        if (http.authorization() != null && token) {
            fields.refuse("cannot specify alert_source_token or alert_source_token_file when using"
                    + " http_config.authorization");
        }
        if (http.authorization() == null && !token) {
            fields.refuse("at least one of alert_source_token, alert_source_token_file or"
                    + " http_config.authorization must be configured");
        }
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        IncidentioConfig own = (IncidentioConfig) config;
        return new IncidentioConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                own.url(),
                own.urlFile(),
                own.alertSourceToken(),
                own.maxAlerts(),
                own.timeout());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        IncidentioConfig incidentio = (IncidentioConfig) config;
        out.bool("send_resolved", incidentio.sendResolved());
        HttpClientPrinter.print(incidentio.http(), out);
        out.any("url", incidentio.url() == null ? null : incidentio.url().toString());
        out.text("url_file", incidentio.urlFile());
        Settings.print("alert_source_token", incidentio.alertSourceToken(), out);
        out.integer("max_alerts", incidentio.maxAlerts()).text("timeout", GoDuration.print(incidentio.timeout()));
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        IncidentioConfig incidentio = (IncidentioConfig) config;
        return new IncidentioNotifier(incidentio, outbound.open(name(), "incident.io", http(incidentio)));
    }

    /** The token is an {@code Authorization} header. Its file is read anew when it changes, but must be there now. */
    private static @Nullable HttpClientConfig http(IncidentioConfig config) throws NotifierBuildException {
        SecretSource token = config.alertSourceToken();
        if (!token.isSet()) {
            return config.http();
        }
        try {
            Secrets.read(token);
        } catch (IOException e) {
            throw new NotifierBuildException("failed to read alert_source_token_file: " + e.getMessage());
        }
        HttpClientConfig http = config.http() == null ? HttpClientConfig.DEFAULT : config.http();
        return http.withAuthorization(new AuthorizationConfig("Bearer", token, ""));
    }
}
