package dev.tocsin.notifiers;

import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.discord.DiscordKind;
import dev.tocsin.notifiers.email.EmailKind;
import dev.tocsin.notifiers.googlechat.GoogleChatKind;
import dev.tocsin.notifiers.incidentio.IncidentioKind;
import dev.tocsin.notifiers.jira.JiraKind;
import dev.tocsin.notifiers.matrix.MatrixKind;
import dev.tocsin.notifiers.mattermost.MattermostKind;
import dev.tocsin.notifiers.msteams.MsTeamsKind;
import dev.tocsin.notifiers.msteamsv2.MsTeamsV2Kind;
import dev.tocsin.notifiers.opsgenie.OpsgenieKind;
import dev.tocsin.notifiers.pagerduty.PagerDutyKind;
import dev.tocsin.notifiers.pushover.PushoverKind;
import dev.tocsin.notifiers.rocketchat.RocketchatKind;
import dev.tocsin.notifiers.slack.SlackKind;
import dev.tocsin.notifiers.sns.SnsKind;
import dev.tocsin.notifiers.telegram.TelegramKind;
import dev.tocsin.notifiers.victorops.VictorOpsKind;
import dev.tocsin.notifiers.webex.WebexKind;
import dev.tocsin.notifiers.webhook.WebhookKind;
import dev.tocsin.notifiers.wechat.WechatKind;
import java.util.List;

/** The integrations that this hub has. Immutable; safe for all threads. */
public final class Integrations implements NotifierFactory {
    /** In the order in which the integrations of a receiver are built (notifiers contract section 0.1); then those of our own. */
    private static final List<NotifierKind> KINDS = List.of(
            new WebhookKind(),
            new EmailKind(),
            new PagerDutyKind(),
            new OpsgenieKind(),
            new WechatKind(),
            new SlackKind(),
            new VictorOpsKind(),
            new PushoverKind(),
            new SnsKind(),
            new TelegramKind(),
            new DiscordKind(),
            new WebexKind(),
            new MsTeamsKind(),
            new MsTeamsV2Kind(),
            new JiraKind(),
            new IncidentioKind(),
            new RocketchatKind(),
            new MattermostKind(),
            new GoogleChatKind(),
            new MatrixKind());

    private final Outbound outbound;

    /** Builds with {@code outbound}. */
    public Integrations(Outbound outbound) {
        this.outbound = outbound;
    }

    /** What a configuration may name, in the order in which the integrations of a receiver are built. */
    public static List<IntegrationKind> kinds() {
        return List.copyOf(KINDS);
    }

    @Override
    public Notifier build(ReceiverConfig receiver, ReceiverConfig.Integration integration, TemplateSet templates)
            throws NotifierBuildException {
        for (NotifierKind kind : KINDS) {
            if (kind.name().equals(integration.kind())) {
                try {
                    return kind.build(integration.config(), outbound, templates);
                } catch (NotifierBuildException e) {
                    throw new NotifierBuildException(receiver.name() + "/" + integration + ": " + e.getMessage());
                }
            }
        }
        throw new IllegalArgumentException("no integration of the kind " + integration.kind());
    }
}
