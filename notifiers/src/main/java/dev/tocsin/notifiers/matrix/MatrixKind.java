package dev.tocsin.notifiers.matrix;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.AuthorizationConfig;
import dev.tocsin.core.config.http.HttpClientConfig;
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

/** How Matrix is configured. Stateless. */
public final class MatrixKind implements NotifierKind {
    private static final Url NOWHERE = Settings.known("http://localhost");
    private static final String MESSAGE =
            "{{ template \"__subject\" . }}\n{{ template \"__text_alert_list\" .Alerts }}";

    /** The kind. */
    public MatrixKind() {}

    @Override
    public String name() {
        return "matrix";
    }

    @Override
    public String configKey() {
        return "matrix_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "matrix.plain", fields -> decode(fields, scope));
    }

    private MatrixConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource token = Texts.secret(fields, "access_token");
        Settings.exactlyOne(fields, "access_token", token);
        Url url = Settings.url(fields, "homeserver_url");
        if (url == null) {
            fields.refuse("missing homeserver_url in matrix config");
        }
        HttpClientConfig http = scope.http(fields);
        if (http != null && http.authorization() != null) {
            fields.refuse("http authorization can't be set when using a Matrix access token");
        }
        MatrixConfig config = new MatrixConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                http,
                url == null ? NOWHERE : url,
                token,
                fields.string("room_id"),
                fields.string("message", MESSAGE),
                fields.string("html"),
                fields.bool("notice", false));
        if (config.roomId().isEmpty()) {
            fields.refuse("missing room_id in matrix config");
        }
        return config;
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        MatrixConfig own = (MatrixConfig) config;
        return new MatrixConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                own.homeserverUrl(),
                own.accessToken(),
                own.roomId(),
                own.message(),
                own.html(),
                own.notice());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        MatrixConfig matrix = (MatrixConfig) config;
        out.bool("send_resolved", matrix.sendResolved());
        HttpClientPrinter.print(matrix.http(), out);
        out.text("homeserver_url", matrix.homeserverUrl().redacted());
        Settings.print("access_token", matrix.accessToken(), out);
        out.text("room_id", matrix.roomId())
                .textIfSet("message", matrix.message())
                .textIfSet("html", matrix.html())
                .bool("notice", matrix.notice());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        MatrixConfig matrix = (MatrixConfig) config;
        HttpClientConfig http = matrix.http() == null ? HttpClientConfig.DEFAULT : matrix.http();
        HttpClientConfig authorized =
                http.withAuthorization(new AuthorizationConfig("Bearer", matrix.accessToken(), ""));
        return new MatrixNotifier(matrix, outbound.open(name(), authorized), templates);
    }
}
