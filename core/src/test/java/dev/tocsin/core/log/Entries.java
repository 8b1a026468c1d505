package dev.tocsin.core.log;

import dev.tocsin.core.notify.NotificationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Log entries and claims for tests, about one key. */
public final class Entries {
    /** The key of all of them. */
    public static final LogKey KEY = new LogKey("{}:{alertname=\"A\"}", "team", "webhook", 0);

    /** When they are made unless a test says so. */
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901234Z");

    private Entries() {}

    /** The alerts named by the letters of {@code alerts}. */
    public static AlertHashes hashes(String alerts) {
        return AlertHashes.of(
                alerts.chars().mapToLong(letter -> letter * 0x9E3779B97F4A7C15L).toArray());
    }

    /** An entry that expires after eight hours. */
    public static LogEntry entry(
            long sequence, VersionVector version, String firing, String resolved, Instant sentAt, long node) {
        return new LogEntry(
                KEY,
                sequence,
                version,
                hashes(firing),
                hashes(resolved),
                Map.of(),
                sentAt,
                sentAt.plus(Duration.ofHours(8)),
                node,
                false);
    }

    /** A claim that expires after eight hours. */
    public static ClaimContent claim(
            ClaimId id, long sequence, VersionVector known, String firing, String resolved, Instant since) {
        return new ClaimContent(
                id,
                KEY,
                sequence,
                known.with(id.node(), id.counter()),
                hashes(firing),
                hashes(resolved),
                NotificationReason.FIRST_NOTIFICATION,
                false,
                since,
                since.plus(Duration.ofHours(8)));
    }
}
