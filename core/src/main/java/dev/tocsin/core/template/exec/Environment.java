package dev.tocsin.core.template.exec;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.FunctionException;
import java.time.ZoneId;

/**
 * What functions may ask for.
 *
 * @param clock what {@code now} reads
 * @param local the zone called {@code Local}
 * @param budget what the execution has left
 * @param routeLabels the route labels by name
 */
public record Environment(Clock clock, ZoneId local, Budget budget, RouteLabelLookup routeLabels) {
    /** Knows route labels. */
    @FunctionalInterface
    public interface RouteLabelLookup {
        /**
         * The rendered label; empty if there is none of the name.
         *
         * @throws FunctionException if it cannot be rendered
         */
        String find(String name) throws FunctionException;
    }
}
