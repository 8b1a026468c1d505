package dev.tocsin.core.template;

import dev.tocsin.core.runtime.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** Template sets for tests. */
public final class TestTemplates {
    private TestTemplates() {}

    /** The built-in templates alone, in UTC. */
    public static TemplateSet builtIn(Clock clock) {
        try {
            return loader(clock).load(List.of());
        } catch (TemplateException e) {
            throw new AssertionError(e);
        }
    }

    /** A loader in UTC with the limits of notifications. */
    public static TemplateLoader loader(Clock clock) {
        return new TemplateLoader(clock, ZoneOffset.UTC, ExecutionLimits.NOTIFICATION);
    }
}
