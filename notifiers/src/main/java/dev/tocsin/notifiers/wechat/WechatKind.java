package dev.tocsin.notifiers.wechat;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientPrinter;
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

/** How WeCom is configured (notifiers contract section 1.8). Stateless. */
public final class WechatKind implements NotifierKind {
    /** The kind. */
    public WechatKind() {}

    @Override
    public String name() {
        return "wechat";
    }

    @Override
    public String configKey() {
        return "wechat_configs";
    }

    @Override
    public String elementType() {
        return "*config.WechatConfig";
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
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private WechatConfig decode(YamlFields fields, ConfigScope scope) {
        WechatConfig config = new WechatConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                Texts.secret(fields, "api_secret"),
                fields.string("corp_id"),
                fields.string("message", byDefault("message")),
                Settings.url(fields, "api_url"),
                fields.string("to_user", byDefault("to_user")),
                fields.string("to_party", byDefault("to_party")),
                fields.string("to_tag", byDefault("to_tag")),
                fields.string("agent_id", byDefault("agent_id")),
                type(fields.string("message_type")));
        if (!config.messageType().equals("text") && !config.messageType().equals("markdown")) {
            fields.refuseAt(
                    "message_type",
                    "weChat message type " + GoQuote.quote(config.messageType())
                            + " does not match valid options ^(text|markdown)$");
        }
        Settings.atMostOne(fields, "api_secret", config.apiSecret());
        return config;
    }

    private static String byDefault(String name) {
        return "{{ template \"wechat.default." + name + "\" . }}";
    }

    private static String type(String written) {
        return written.isEmpty() ? "text" : written;
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        WechatConfig own = (WechatConfig) config;
        Url url = own.apiUrl() == null ? global.wechatApiUrl() : own.apiUrl();
        if (url == null) {
            throw new InvalidValueException("no global Wechat URL set");
        }
        SecretSource secret = own.apiSecret().isSet() ? own.apiSecret() : global.wechatApiSecret();
        if (!secret.isSet()) {
            throw new InvalidValueException("no global Wechat Api Secret set either inline or in a file");
        }
        String corpId = own.corpId().isEmpty() ? global.wechatApiCorpId() : own.corpId();
        if (corpId.isEmpty()) {
            throw new InvalidValueException("no global Wechat CorpID set");
        }
        return new WechatConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                secret,
                corpId,
                own.message(),
                url.withTrailingSlash(),
                own.toUser(),
                own.toParty(),
                own.toTag(),
                own.agentId(),
                own.messageType());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        WechatConfig wechat = (WechatConfig) config;
        out.bool("send_resolved", wechat.sendResolved());
        HttpClientPrinter.print(wechat.http(), out);
        Settings.print("api_secret", wechat.apiSecret(), out);
        out.textIfSet("corp_id", wechat.corpId())
                .textIfSet("message", wechat.message())
                .textIfSet("api_url", wechat.apiUrl())
                .textIfSet("to_user", wechat.toUser())
                .textIfSet("to_party", wechat.toParty())
                .textIfSet("to_tag", wechat.toTag())
                .textIfSet("agent_id", wechat.agentId())
                .textIfSet("message_type", wechat.messageType());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        WechatConfig wechat = (WechatConfig) config;
        return new WechatNotifier(
                wechat, outbound.open(name(), wechat.http()), templates, new WechatToken(outbound.clock()));
    }
}
