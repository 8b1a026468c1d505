package dev.tocsin.cluster.protocol.sync;

import java.time.Duration;

/**
 * How long peers remember what has ended. A node that was away for longer cannot learn from them how it ended, so what it
 * had does not count.
 *
 * @param alerts for resolved alerts ({@code --alerts.gc-interval})
 * @param silences for expired silences ({@code --data.retention})
 */
public record SyncOptions(Duration alerts, Duration silences) {}
