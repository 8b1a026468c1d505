package dev.tocsin.notifiers;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;

/** A kind of integration that can be configured and built. Stateless; safe for all threads. */
public interface NotifierKind extends IntegrationKind {
    /**
     * Builds one integration.
     *
     * @param config made by this kind, complete
     * @throws NotifierBuildException if a file that it names is missing or unusable
     */
    Notifier build(IntegrationConfig config, Outbound outbound) throws NotifierBuildException;
}
