package dev.tocsin.notifiers.slack;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.AuthorizationConfig;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;

/** How Slack is configured (notifiers contract section 1.4). Stateless. */
public final class SlackKind implements NotifierKind {
    private static final String TWO_AUTHORIZATIONS = "http authorization can't be set when using Slack App tokens";

    private final Url postMessage;
    private final Url chatUpdate;

    /** Apps are Slack's own. */
    public SlackKind() {
        this(
                Settings.known("https://slack.com/api/chat.postMessage"),
                Settings.known("https://slack.com/api/chat.update"));
    }

    /**
     * A configuration cannot change the addresses.
     *
     * @param postMessage where apps post: the only address whose messages can be updated
     * @param chatUpdate where messages are updated
     */
    public SlackKind(Url postMessage, Url chatUpdate) {
        this.postMessage = postMessage;
        this.chatUpdate = chatUpdate;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public String configKey() {
        return "slack_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return false;
    }

    @Override
    public boolean takesNull() {
        return true;
    }

    @Override
    public String elementType() {
        return "*config.SlackConfig";
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private SlackConfig decode(YamlFields fields, ConfigScope scope) {
        SlackConfig config = new SlackConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                new GlobalConfig.Slack(
                        Texts.secretUrl(fields, "api_url"),
                        Texts.secret(fields, "app_token"),
                        Settings.url(fields, "app_url")),
                new SlackDecoder(scope.problems()).message(fields),
                fields.bool("update_message", false),
                Texts.goDuration(fields, "timeout"));
        check(config, fields);
        return config;
    }

    private void check(SlackConfig config, YamlFields fields) {
        GlobalConfig.Slack access = config.access();
        boolean token = access.appToken().isSet();
        Settings.atMostOne(fields, "api_url", access.apiUrl());
        Settings.atMostOne(fields, "app_token", access.appToken());
        if (access.apiUrl().isSet() && token) {
            fields.refuse("at most one of api_url/api_url_file & app_token/app_token_file must be configured");
        }
        if (token && config.http() != null && config.http().authorization() != null) {
            fields.refuse(TWO_AUTHORIZATIONS);
        }
        boolean posts = access.apiUrl().inline().reveal().equals(postMessage.toString());
        if (config.updateMessage() && !posts) {
            fields.refuseAt(
                    "update_message",
                    "update_message can only be used with bot tokens. api_url must be set to " + postMessage);
        }
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        SlackConfig own = (SlackConfig) config;
        GlobalConfig.Slack access = own.access();
        Url appUrl = access.appUrl() == null ? global.slack().appUrl() : access.appUrl();
        if (appUrl == null) {
            throw new InvalidValueException("no global Slack App URL set");
        }
        boolean authorized = own.http() != null && own.http().authorization() != null;
        boolean ownAccess = authorized
                || access.appToken().isSet()
                || !access.apiUrl().inline().isEmpty();
        SecretSource token = ownAccess ? access.appToken() : global.slack().appToken();
        HttpClientConfig http = Settings.http(own.http(), global);
        if (token.isSet()) {
            if (http.authorization() != null) {
                throw new InvalidValueException(TWO_AUTHORIZATIONS);
            }
            SecretSource app = new SecretSource(
                    new Secret(appUrl.toString()), access.apiUrl().file());
            HttpClientConfig asApp = http.withAuthorization(new AuthorizationConfig("Bearer", token, ""));
            return complete(own, asApp, new GlobalConfig.Slack(app, token, appUrl));
        }
        SecretSource url =
                access.apiUrl().isSet() ? access.apiUrl() : global.slack().apiUrl();
        if (!url.isSet()) {
            throw new InvalidValueException("no Slack API URL nor App token set either inline or in a file");
        }
        return complete(own, http, new GlobalConfig.Slack(url, token, appUrl));
    }

    private static SlackConfig complete(SlackConfig own, HttpClientConfig http, GlobalConfig.Slack access) {
        return new SlackConfig(own.sendResolved(), http, access, own.message(), own.updateMessage(), own.timeout());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        SlackConfig slack = (SlackConfig) config;
        out.bool("send_resolved", slack.sendResolved());
        HttpClientPrinter.print(slack.http(), out);
        Settings.print("api_url", slack.access().apiUrl(), out);
        Settings.print("app_token", slack.access().appToken(), out);
        out.textIfSet("app_url", slack.access().appUrl());
        SlackPrinter.print(slack.message(), out);
        out.bool("update_message", slack.updateMessage()).text("timeout", GoDuration.print(slack.timeout()));
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        SlackConfig slack = (SlackConfig) config;
        return new SlackNotifier(slack, chatUpdate, outbound.open(name(), slack.http()), templates);
    }
}
