package dev.tocsin.notifiers.email;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.label.GoQuote;
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
import dev.tocsin.notifiers.http.message.HeaderNames;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How mail is configured (notifiers contract section 1.2). Stateless. */
public final class EmailKind implements NotifierKind {
    /** The kind. */
    public EmailKind() {}

    @Override
    public String name() {
        return "email";
    }

    @Override
    public String configKey() {
        return "email_configs";
    }

    @Override
    public String elementType() {
        return "*config.EmailConfig";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return false;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private EmailConfig decode(YamlFields fields, ConfigScope scope) {
        EmailConfig.Threading threading = fields.struct(
                "threading",
                "config.ThreadingConfig",
                block -> new EmailConfig.Threading(block.bool("enabled", false), block.string("thread_by_date")));
        EmailConfig config = new EmailConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                fields.string("to"),
                fields.string("from"),
                headers(fields),
                fields.string("html", "{{ template \"email.default.html\" . }}"),
                fields.string("text"),
                new EmailConfig.Relay(
                        fields.string("hello"),
                        fields.text("smarthost", "", Texts::hostPort),
                        fields.string("auth_username"),
                        Texts.secret(fields, "auth_password"),
                        Texts.secret(fields, "auth_secret"),
                        fields.string("auth_identity"),
                        flag(fields, "require_tls"),
                        scope.tlsFromWorkingFolder(fields, "tls_config"),
                        flag(fields, "force_implicit_tls")),
                threading == null ? new EmailConfig.Threading(false, "") : threading);
        check(config, fields);
        return config;
    }

    private static @Nullable Boolean flag(YamlFields fields, String key) {
        return fields.has(key) ? fields.bool(key, false) : null;
    }

    private static Map<String, String> headers(YamlFields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.stringMap("headers").forEach((name, value) -> {
            String canonical = HeaderNames.canonical(name);
            if (headers.putIfAbsent(canonical, value) != null) {
                fields.refuseAt("headers", "duplicate header " + GoQuote.quote(canonical) + " in email config");
            }
        });
        return Collections.unmodifiableMap(headers);
    }

    private static void check(EmailConfig config, YamlFields fields) {
        if (config.to().isEmpty()) {
            fields.refuse("missing to address in email config");
        }
        if (!config.threading().enabled()) {
            return;
        }
        for (String name : List.of("References", "In-Reply-To")) {
            if (config.headers().containsKey(name)) {
                fields.refuseAt(
                        "headers",
                        "conflicting configuration: threading.enabled conflicts with custom " + name + " header");
            }
        }
        String byDate = config.threading().byDate();
        if (!byDate.equals("none") && !byDate.equals("daily")) {
            fields.refuseAt("threading", "threading.thread_by_date must be either 'none' or 'daily'");
        }
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        EmailConfig own = (EmailConfig) config;
        EmailConfig.Relay relay = own.relay();
        GlobalConfig.Smtp smtp = global.smtp();
        String smarthost = relay.smarthost().isEmpty() ? smtp.smarthost() : relay.smarthost();
        if (smarthost.isEmpty()) {
            throw new InvalidValueException("no global SMTP smarthost set");
        }
        String from = own.from().isEmpty() ? smtp.from() : own.from();
        if (from.isEmpty()) {
            throw new InvalidValueException("no global SMTP from set");
        }
        EmailConfig.Relay complete = new EmailConfig.Relay(
                relay.hello().isEmpty() ? smtp.hello() : relay.hello(),
                smarthost,
                relay.username().isEmpty() ? smtp.authUsername() : relay.username(),
                relay.password().isSet() ? relay.password() : smtp.authPassword(),
                relay.secret().isSet() ? relay.secret() : smtp.authSecret(),
                relay.identity().isEmpty() ? smtp.authIdentity() : relay.identity(),
                relay.requireTls() == null ? smtp.requireTls() : relay.requireTls(),
                relay.tls() == null ? smtp.tlsConfig() : relay.tls(),
                relay.forceImplicitTls() == null ? smtp.forceImplicitTls() : relay.forceImplicitTls());
        return new EmailConfig(
                own.sendResolved(),
                own.to(),
                from,
                complete(own.headers(), own.to(), from),
                own.html(),
                own.text(),
                complete,
                own.threading());
    }

    private static Map<String, String> complete(Map<String, String> own, String to, String from) {
        Map<String, String> headers = new LinkedHashMap<>(own);
        headers.putIfAbsent("Subject", "{{ template \"email.default.subject\" . }}");
        headers.putIfAbsent("To", to);
        headers.putIfAbsent("From", from);
        return Collections.unmodifiableMap(headers);
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        EmailConfig email = (EmailConfig) config;
        EmailConfig.Relay relay = email.relay();
        out.bool("send_resolved", email.sendResolved())
                .textIfSet("to", email.to())
                .textIfSet("from", email.from())
                .textIfSet("hello", relay.hello())
                .textIfSet("smarthost", relay.smarthost())
                .textIfSet("auth_username", relay.username());
        Settings.print("auth_password", relay.password(), out);
        Settings.print("auth_secret", relay.secret(), out);
        out.textIfSet("auth_identity", relay.identity())
                .textMapIfAny("headers", email.headers())
                .textIfSet("html", email.html())
                .textIfSet("text", email.text());
        if (relay.requireTls() != null) {
            out.bool("require_tls", relay.requireTls());
        }
        TlsConfig tls = relay.tls();
        if (tls != null) {
            out.mapping("tls_config", block -> HttpClientPrinter.tlsBlock(tls, block));
        }
        if (relay.forceImplicitTls() != null) {
            out.bool("force_implicit_tls", relay.forceImplicitTls());
        }
        EmailConfig.Threading threading = email.threading();
        if (threading.enabled() || !threading.byDate().isEmpty()) {
            out.mapping(
                    "threading",
                    block -> block.boolIfTrue("enabled", threading.enabled())
                            .textIfSet("thread_by_date", threading.byDate()));
        }
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        EmailConfig email = (EmailConfig) config;
        TlsConfig tls =
                email.relay().tls() == null ? TlsConfig.NONE : email.relay().tls();
        MailComposer composer = new MailComposer(email, templates, outbound.clock(), ZoneId.systemDefault());
        return new EmailNotifier(
                outbound.mail(),
                email.relay(),
                composer,
                outbound.clients().dialer(tls),
                outbound.connections().dialer(name()),
                outbound.clock());
    }
}
