package dev.tocsin.core.group;

import java.time.Duration;
import java.time.Instant;

/**
 * How a dispatcher keeps house.
 *
 * @param maintenanceInterval how often groups that ended are removed; above zero
 * @param startDelay no group flushes before {@code processStart} plus this; zero or less for none
 * @param processStart when the node started
 */
public record DispatcherOptions(Duration maintenanceInterval, Duration startDelay, Instant processStart) {}
