package dev.tocsin.core.hub;

import dev.tocsin.core.group.DispatcherOptions;
import java.time.Duration;

/**
 * What the command line says about the hub as a whole.
 *
 * @param version Tocsin's version, for the journal
 * @param dispatcher how groups are kept
 * @param groupKeyInMetrics feature {@code group-key-in-metrics}: {@code alertmanager_alerts} tells groups apart
 * @param reloadPatience how long requests under way may take after their configuration was replaced
 * @param stopPatience how long requests under way may take after the hub was told to stop
 */
public record HubOptions(
        String version,
        DispatcherOptions dispatcher,
        boolean groupKeyInMetrics,
        Duration reloadPatience,
        Duration stopPatience) {}
