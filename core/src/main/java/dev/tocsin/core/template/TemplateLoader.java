package dev.tocsin.core.template;

import dev.tocsin.core.runtime.Clock;
import java.time.ZoneId;
import java.util.List;

/**
 * Reads template files. Immutable; safe for all threads.
 *
 * @param clock what templates call {@code now}
 * @param local the zone that templates call {@code Local}
 * @param limits what one execution may use up
 */
public record TemplateLoader(Clock clock, ZoneId local, ExecutionLimits limits) {
    /**
     * The built-in templates, and on top of them those of all files that match, in the order of the patterns and then of
     * the names. A pattern that matches nothing is fine. Blocks.
     *
     * @param patterns Go's file patterns, resolved
     * @throws TemplateException if a file cannot be read or parsed
     */
    public TemplateSet load(List<String> patterns) throws TemplateException {
        return new TemplateSet();
    }
}
