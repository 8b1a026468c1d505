package dev.tocsin.notifiers.telegram;

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
import dev.tocsin.core.yaml.YamlResolver;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How Telegram is configured (notifiers contract section 1.10). Stateless. */
public final class TelegramKind implements NotifierKind {
    private static final Set<String> MODES = Set.of("Markdown", "MarkdownV2", "HTML", "");

    /** The kind. */
    public TelegramKind() {}

    @Override
    public String name() {
        return "telegram";
    }

    @Override
    public String configKey() {
        return "telegram_configs";
    }

    @Override
    public String elementType() {
        return "*config.TelegramConfig";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private TelegramConfig decode(YamlFields fields, ConfigScope scope) {
        TelegramConfig config = new TelegramConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                Settings.url(fields, "api_url"),
                Texts.secret(fields, "bot_token"),
                fields.scalar("chat_id", 0L, 0L, "int64", TelegramKind::whole),
                fields.string("chat_id_file"),
                fields.integer("message_thread_id", 0),
                fields.string("message", "{{ template \"telegram.default.message\" . }}"),
                fields.bool("disable_notifications", false),
                fields.string("parse_mode", "HTML"));
        Settings.atMostOne(fields, "bot_token", config.botToken());
        if (config.chatId() == 0 && config.chatIdFile().isEmpty()) {
            fields.refuse("missing chat_id or chat_id_file on telegram_config");
        }
        if (config.chatId() != 0 && !config.chatIdFile().isEmpty()) {
            fields.refuseAt("chat_id", "at most one of chat_id & chat_id_file must be configured");
        }
        if (!MODES.contains(config.parseMode())) {
            fields.refuseAt(
                    "parse_mode",
                    "unknown parse_mode on telegram_config, must be Markdown, MarkdownV2, HTML or empty string");
        }
        return config;
    }

    private static @Nullable Long whole(YamlNode.Scalar scalar) {
        return switch (YamlResolver.value(scalar)) {
            case Long number -> number;
            case Double number -> number.longValue();
            case null, default -> null;
        };
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        TelegramConfig own = (TelegramConfig) config;
        Url url = own.apiUrl() == null ? global.telegramApiUrl() : own.apiUrl();
        if (url == null) {
            throw new InvalidValueException("no global Telegram URL set");
        }
        SecretSource token = own.botToken().isSet() ? own.botToken() : global.telegramBotToken();
        if (!token.isSet()) {
            throw new InvalidValueException("missing bot_token or bot_token_file on telegram_config");
        }
        return new TelegramConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                url,
                token,
                own.chatId(),
                own.chatIdFile(),
                own.messageThreadId(),
                own.message(),
                own.disableNotifications(),
                own.parseMode());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        TelegramConfig telegram = (TelegramConfig) config;
        out.bool("send_resolved", telegram.sendResolved());
        HttpClientPrinter.print(telegram.http(), out);
        out.textIfSet("api_url", telegram.apiUrl());
        Settings.print("bot_token", telegram.botToken(), out);
        if (telegram.chatId() != 0) {
            out.integer("chat_id", telegram.chatId());
        }
        out.textIfSet("chat_id_file", telegram.chatIdFile());
        if (telegram.messageThreadId() != 0) {
            out.integer("message_thread_id", telegram.messageThreadId());
        }
        out.textIfSet("message", telegram.message())
                .boolIfTrue("disable_notifications", telegram.disableNotifications())
                .textIfSet("parse_mode", telegram.parseMode());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        TelegramConfig telegram = (TelegramConfig) config;
        return new TelegramNotifier(telegram, outbound.open(name(), telegram.http()), templates);
    }
}
