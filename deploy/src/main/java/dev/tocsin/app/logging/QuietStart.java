package dev.tocsin.app.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps Logback from looking for configuration files at its first use, which costs start-up time; {@link Logging} sets
 * it up once the flags are read. Found through {@code META-INF/services}.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {
    /** For the service loader. */
    public QuietStart() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
