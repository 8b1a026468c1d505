package dev.tocsin.notifiers;

import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.webhook.WebhookKind;
import java.util.List;

/** The integrations that this hub has. Immutable; safe for all threads. */
public final class Integrations implements NotifierFactory {
    /** In the order in which the integrations of a receiver are built (notifiers contract section 0.1). */
    private static final List<NotifierKind> KINDS = List.of(new WebhookKind());

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
