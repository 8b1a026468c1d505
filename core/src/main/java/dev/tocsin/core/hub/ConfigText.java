package dev.tocsin.core.hub;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The normalised text of a configuration, secrets masked. Hundreds of receivers take a noticeable part of the start to
 * print, so that is done when somebody asks for the first time. Guarded by its own lock.
 */
final class ConfigText {
    private final ConfigPrinter printer;
    private final Config config;
    private @Nullable String printed;

    /** Nothing is printed yet. */
    ConfigText(ConfigPrinter printer, Config config) {
        this.printer = printer;
        this.config = config;
    }

    synchronized String text() {
        String known = printed;
        if (known == null) {
            known = printer.print(config);
            printed = known;
        }
        return known;
    }
}
