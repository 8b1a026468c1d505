package dev.tocsin.core.store.silence;

import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the versions of silences, which are not in force by that yet. Used on the hub loop only. */
final class SilenceVersions {
    private final SilenceOptions options;
    private final RandomGenerator random;

    /** @param random makes the ids */
    SilenceVersions(SilenceOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** The first version of a new silence, which does not begin before {@code now}. */
    Silence first(Silences.Draft draft, SilenceRules.Checked.Valid valid, Instant now) {
        Instant start = valid.startsAt().isBefore(now) ? now : valid.startsAt();
        return silence(newId(), draft, valid, start, now);
    }

    /** The next version of {@code known}. */
    Silence updated(Silence known, Silences.Draft draft, SilenceRules.Checked.Valid valid, Instant now) {
        return silence(known.id(), draft, valid, valid.startsAt(), version(known, now));
    }

    /** The last version of {@code known}, which has not ended. */
    Silence ended(Silence known, Instant now) {
        Instant start = known.startsAt().isAfter(now) ? now : known.startsAt();
        return new Silence(
                known.id(),
                known.matcherSets(),
                start,
                now,
                version(known, now),
                known.createdBy(),
                known.comment(),
                known.annotations(),
                now.plus(options.retention()));
    }

    /** Why this version is too large to be stored; null if it is not. */
    @Nullable String oversize(Silence silence) {
        int size = options.maxSizeBytes() > 0 ? SilenceSnapshot.recordSize(silence) : 0;
        return size <= Math.max(0, options.maxSizeBytes())
                ? null
                : "silence exceeded maximum size: " + size + " bytes (limit: " + options.maxSizeBytes() + " bytes)";
    }

    private Silence silence(
            String id, Silences.Draft draft, SilenceRules.Checked.Valid valid, Instant startsAt, Instant updatedAt) {
        return new Silence(
                id,
                List.of(valid.matchers()),
                startsAt,
                valid.endsAt(),
                updatedAt,
                draft.createdBy(),
                draft.comment(),
                Map.copyOf(draft.annotations()),
                valid.endsAt().plus(options.retention()));
    }

    /** The time of a new version: later than the known one, also if the clock went back. */
    private static Instant version(Silence known, Instant now) {
        Instant next = known.updatedAt().plusMillis(1);
        return now.isAfter(next) ? now : next;
    }

    private String newId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low).toString();
    }
}
