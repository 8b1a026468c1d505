package dev.tocsin.notifiers.mattermost;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Texts;
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

/** How Mattermost is configured (notifiers contract section 1.18). Stateless. */
public final class MattermostKind implements NotifierKind {
    /** The kind. */
    public MattermostKind() {}

    @Override
    public String name() {
        return "mattermost";
    }

    @Override
    public String configKey() {
        return "mattermost_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "mattermost.plain", fields -> decode(fields, scope));
    }

    private MattermostConfig decode(YamlFields fields, ConfigScope scope) {
        SecretSource url = Texts.secretUrl(fields, "webhook_url");
        Settings.atMostOne(fields, "webhook_url", url);
        return new MattermostConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                url,
                new MattermostDecoder(scope.problems()).message(fields));
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        MattermostConfig own = (MattermostConfig) config;
        SecretSource url = own.webhookUrl().isSet() ? own.webhookUrl() : global.mattermostWebhookUrl();
        if (!url.isSet()) {
            throw new InvalidValueException("missing webhook_url or webhook_url_file on mattermost_config");
        }
        return new MattermostConfig(own.sendResolved(), Settings.http(own.http(), global), url, own.message());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        MattermostConfig mattermost = (MattermostConfig) config;
        MattermostMessage message = mattermost.message();
        out.bool("send_resolved", mattermost.sendResolved());
        HttpClientPrinter.print(mattermost.http(), out);
        Settings.print("webhook_url", mattermost.webhookUrl(), out);
        out.textIfSet("channel", message.channel()).textIfSet("username", message.username());
        out.textIfSet("text", message.flat().text());
        printStart(message.flat(), out);
        printRest(message.flat(), out);
        out.textIfSet("icon_url", message.iconUrl())
                .textIfSet("icon_emoji", message.iconEmoji())
                .mappingsIfAny("attachments", message.attachments(), MattermostKind::print)
                .textIfSet("type", message.type());
        String card = message.card();
        if (card != null) {
            out.mapping("props", props -> props.textIfSet("card", card));
        }
        MattermostMessage.Priority priority = message.priority();
        if (priority != null) {
            out.mapping(
                    "priority",
                    block -> block.textIfSet("priority", priority.priority())
                            .boolIfTrue("requested_ack", priority.requestedAck())
                            .boolIfTrue("persistent_notifications", priority.persistentNotifications()));
        }
    }

    private static void print(MattermostMessage.Attachment attachment, YamlMapping out) {
        printStart(attachment, out);
        out.textIfSet("text", attachment.text());
        printRest(attachment, out);
    }

    private static void printStart(MattermostMessage.Attachment attachment, YamlMapping out) {
        out.textIfSet("fallback", attachment.fallback())
                .textIfSet("color", attachment.color())
                .textIfSet("pretext", attachment.pretext());
    }

    private static void printRest(MattermostMessage.Attachment attachment, YamlMapping out) {
        out.textIfSet("author_name", attachment.authorName())
                .textIfSet("author_link", attachment.authorLink())
                .textIfSet("author_icon", attachment.authorIcon())
                .textIfSet("title", attachment.title())
                .textIfSet("title_link", attachment.titleLink())
                .mappingsIfAny("fields", attachment.fields(), (field, map) -> {
                    map.textIfSet("title", field.title()).textIfSet("value", field.value());
                    Boolean narrow = field.narrow();
                    if (narrow != null) {
                        map.bool("short", narrow);
                    }
                })
                .textIfSet("thumb_url", attachment.thumbUrl())
                .textIfSet("footer", attachment.footer())
                .textIfSet("footer_icon", attachment.footerIcon())
                .textIfSet("image_url", attachment.imageUrl());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        MattermostConfig mattermost = (MattermostConfig) config;
        return new MattermostNotifier(mattermost, outbound.open(name(), mattermost.http()), templates);
    }
}
