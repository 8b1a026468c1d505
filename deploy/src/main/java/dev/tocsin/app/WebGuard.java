package dev.tocsin.app;

import dev.tocsin.api.web.WebConfigException;
import dev.tocsin.api.web.WebSecurity;
import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What {@code --web.config.file} means to the ports of a node. */
final class WebGuard {
    private WebGuard() {}

    /**
     * The guard of all ports; null if there is no such file.
     *
     * @throws StartupException if the file cannot be used: what was meant to be closed is never served open
     */
    static @Nullable WebSecurity of(FlagValues flags, Executor threads, Clock clock, Metrics metrics)
            throws StartupException {
        String file = flags.text("web.config.file");
        if (file.isEmpty()) {
            return null;
        }
        try {
            return new WebSecurity(Path.of(file), System.getenv(), threads, clock, metrics);
        } catch (WebConfigException e) {
            throw new StartupException("Loading web configuration file failed", String.valueOf(e.getMessage()));
        }
    }
}
