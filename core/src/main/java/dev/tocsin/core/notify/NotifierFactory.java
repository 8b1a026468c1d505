package dev.tocsin.core.notify;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.template.TemplateSet;

/** Builds the notifiers of a configuration. */
public interface NotifierFactory {
    /**
     * Builds one integration of a receiver, reading the files it names.
     *
     * @param templates the templates of the same configuration
     * @throws NotifierBuildException if a file is missing or unusable; the old configuration stays in force
     */
    Notifier build(ReceiverConfig receiver, ReceiverConfig.Integration integration, TemplateSet templates)
            throws NotifierBuildException;

    /** An integration cannot be built from its settings. */
    final class NotifierBuildException extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param message what is wrong, without secrets */
        public NotifierBuildException(String message) {
            super(message);
        }
    }
}
