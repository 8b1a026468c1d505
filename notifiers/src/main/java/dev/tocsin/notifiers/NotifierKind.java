package dev.tocsin.notifiers;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;

/** A kind of integration that can be configured and built. Stateless; safe for all threads. */
public interface NotifierKind extends IntegrationKind {
    /**
     * Builds one integration.
     *
     * @param config made by this kind, complete
     * @param templates the templates of the same configuration
     * @throws NotifierBuildException if a file that it names is missing or unusable
     */
    Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates) throws NotifierBuildException;
}
