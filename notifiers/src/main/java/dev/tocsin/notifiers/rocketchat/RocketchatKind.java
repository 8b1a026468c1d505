package dev.tocsin.notifiers.rocketchat;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Secret;
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
import dev.tocsin.notifiers.http.auth.Secrets;
import java.io.IOException;

/** How Rocket.Chat is configured (notifiers contract section 1.17). Stateless. */
public final class RocketchatKind implements NotifierKind {
    /** The kind. */
    public RocketchatKind() {}

    @Override
    public String name() {
        return "rocketchat";
    }

    @Override
    public String configKey() {
        return "rocketchat_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return false;
    }

    @Override
    public String elementType() {
        return "*config.RocketchatConfig";
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private RocketchatConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource token = Texts.secret(fields, "token");
        SecretSource tokenId = Texts.secret(fields, "token_id");
        Settings.atMostOne(fields, "token", token);
        Settings.atMostOne(fields, "token_id", tokenId);
        return new RocketchatConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                Settings.url(fields, "api_url"),
                tokenId,
                token,
                message(fields, scope));
    }

    private static RocketchatMessage message(YamlFields fields, ConfigScope scope) {
        return new RocketchatMessage(
                fields.string("channel"),
                fields.string("color", "{{ if eq .Status \"firing\" }}red{{ else }}green{{ end }}"),
                fields.string("title", byDefault("title")),
                fields.string("title_link", byDefault("titlelink")),
                fields.string("text", byDefault("text")),
                fields.list(
                        "fields",
                        "*config.RocketchatAttachmentField",
                        node -> scope.problems()
                                .struct(node, "config.RocketchatAttachmentField", RocketchatKind::field)),
                fields.bool("short_fields", false),
                fields.string("emoji", byDefault("emoji")),
                fields.string("icon_url", byDefault("iconurl")),
                fields.string("image_url"),
                fields.string("thumb_url"),
                fields.bool("link_names", false),
                fields.list(
                        "actions",
                        "*config.RocketchatAttachmentAction",
                        node -> scope.problems()
                                .struct(node, "config.RocketchatAttachmentAction", RocketchatKind::action)));
    }

    private static String byDefault(String name) {
        return "{{ template \"rocketchat.default." + name + "\" . }}";
    }

    private static RocketchatMessage.Field field(YamlFields fields) {
        return new RocketchatMessage.Field(
                fields.string("title"),
                fields.string("value"),
                fields.has("short") ? fields.bool("short", false) : null);
    }

    private static RocketchatMessage.Action action(YamlFields fields) {
        return new RocketchatMessage.Action(
                fields.string("type"),
                fields.string("text"),
                fields.string("url"),
                fields.string("imageurl"),
                fields.bool("iswebview", false),
                fields.string("webviewheightratio"),
                fields.string("msg"),
                fields.bool("msginchatwindow", false),
                fields.string("msgprocessingtype"));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        RocketchatConfig own = (RocketchatConfig) config;
        SecretSource tokenId = Settings.inherit(own.tokenId(), global.rocketchatTokenId());
        if (!tokenId.isSet()) {
            throw new InvalidValueException("no global Rocketchat TokenID set either inline or in a file");
        }
        SecretSource token = Settings.inherit(own.token(), global.rocketchatToken());
        if (!token.isSet()) {
            throw new InvalidValueException("no global Rocketchat Token set either inline or in a file");
        }
        Url url = own.apiUrl() == null ? global.rocketchatApiUrl() : own.apiUrl();
        if (url == null) {
            throw new InvalidValueException("no global Rocketchat URL set");
        }
        return new RocketchatConfig(
                own.sendResolved(), Settings.http(own.http(), global), url, tokenId, token, own.message());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        RocketchatConfig rocketchat = (RocketchatConfig) config;
        RocketchatMessage message = rocketchat.message();
        out.bool("send_resolved", rocketchat.sendResolved());
        HttpClientPrinter.print(rocketchat.http(), out);
        out.textIfSet("api_url", rocketchat.apiUrl());
        Settings.print("token_id", rocketchat.tokenId(), out);
        Settings.print("token", rocketchat.token(), out);
        out.textIfSet("channel", message.channel())
                .textIfSet("color", message.color())
                .textIfSet("title", message.title())
                .textIfSet("title_link", message.titleLink())
                .textIfSet("text", message.text())
                .mappingsIfAny("fields", message.fields(), RocketchatKind::print)
                .bool("short_fields", message.shortFields())
                .textIfSet("emoji", message.emoji())
                .textIfSet("icon_url", message.iconUrl())
                .textIfSet("image_url", message.imageUrl())
                .textIfSet("thumb_url", message.thumbUrl())
                .bool("link_names", message.linkNames())
                .mappingsIfAny("actions", message.actions(), RocketchatKind::print);
    }

    private static void print(RocketchatMessage.Field field, YamlMapping out) {
        out.any("short", field.narrow()).text("title", field.title()).text("value", field.value());
    }

    private static void print(RocketchatMessage.Action action, YamlMapping out) {
        out.text("type", action.type())
                .text("text", action.text())
                .text("url", action.url())
                .text("imageurl", action.imageUrl())
                .bool("iswebview", action.webView())
                .text("webviewheightratio", action.webViewHeightRatio())
                .text("msg", action.msg())
                .bool("msginchatwindow", action.msgInChatWindow())
                .text("msgprocessingtype", action.msgProcessingType());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        RocketchatConfig rocketchat = (RocketchatConfig) config;
        Secret token = secret(rocketchat.token());
        Secret tokenId = secret(rocketchat.tokenId());
        return new RocketchatNotifier(rocketchat, token, tokenId, outbound.open(name(), rocketchat.http()), templates);
    }

    /** Tokens are read once, when a configuration is applied; the file counts if both are there. */
    private static Secret secret(SecretSource source) throws NotifierBuildException {
        if (source.file().isEmpty()) {
            return source.inline();
        }
        try {
            return new Secret(Secrets.file(source.file()));
        } catch (IOException e) {
            throw new NotifierBuildException("could not read " + source.file() + ": " + e.getMessage());
        }
    }
}
