package dev.tocsin.core.log;

import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * Entries and claims as bytes for other nodes, and back. Their times travel with their age, so that they mean the same
 * under a clock that is wrong. Used on the hub loop only.
 */
public final class LogCodec {
    /** What protobuf takes for times. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final Clock clock;
    private final LogReader reader = new LogReader();

    /** @param clock this node's wall clock */
    public LogCodec(Clock clock) {
        this.clock = clock;
    }

    /**
     * An entry or a claim on its way.
     *
     * @param content its bytes; not copied
     * @param ageMillis how long ago it was sent or claimed; negative after a step of the writer's clock
     * @param remainingMillis how long it lives on; not positive if it has expired
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
    public record Aged(byte[] content, long ageMillis, long remainingMillis) {}

    /** An entry for other nodes. */
    public Aged encode(LogEntry entry) {
        return aged(new LogWriter().entry(entry).bytes(), entry.sentAt(), entry.expiresAt());
    }

    /** A claim for other nodes. */
    public Aged encode(ClaimContent claim) {
        return aged(new LogWriter().claim(claim).bytes(), claim.since(), claim.expiresAt());
    }

    private Aged aged(byte[] content, Instant made, Instant expiresAt) {
        Instant now = clock.now();
        return new Aged(
                content,
                Duration.between(made, now).toMillis(),
                Duration.between(now, expiresAt).toMillis());
    }

    /**
     * Another node's entry, its times by our clock.
     *
     * @throws IOException if the bytes are no entry
     */
    public LogEntry entry(Aged aged) throws IOException {
        try {
            LogEntry entry = reader.entry(aged.content);
            Instant sentAt = here(entry.sentAt(), aged);
            if (sentAt.equals(entry.sentAt())) {
                believable(entry.expiresAt());
                return entry;
            }
            return new LogEntry(
                    entry.key(),
                    entry.sequence(),
                    entry.version(),
                    entry.firing(),
                    entry.resolved(),
                    entry.receiverData(),
                    sentAt,
                    believable(sentAt.plus(Duration.between(entry.sentAt(), entry.expiresAt()))),
                    entry.node(),
                    entry.marked());
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new IOException("not an entry of the notification log: " + e.getMessage(), e);
        }
    }

    /**
     * Another node's claim, its times by our clock.
     *
     * @throws IOException if the bytes are no claim
     */
    public ClaimContent claim(Aged aged) throws IOException {
        try {
            ClaimContent claim = reader.claim(aged.content);
            Instant since = here(claim.since(), aged);
            if (since.equals(claim.since())) {
                believable(claim.expiresAt());
                return claim;
            }
            return new ClaimContent(
                    claim.id(),
                    claim.key(),
                    claim.sequence(),
                    claim.version(),
                    claim.firing(),
                    claim.resolved(),
                    claim.reason(),
                    claim.marked(),
                    since,
                    believable(since.plus(Duration.between(claim.since(), claim.expiresAt()))));
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new IOException("not a claim: " + e.getMessage(), e);
        }
    }

    private Instant here(Instant made, Aged aged) {
        return believable(
                PeerClock.of(made.plusMillis(aged.ageMillis), clock.now()).here(made));
    }

    /** A time for which ages in milliseconds exist: what is taken must be fit for being told to others. */
    private static Instant believable(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new DateTimeException("a time outside the years 1 to 9999");
        }
        return time;
    }
}
