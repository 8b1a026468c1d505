package dev.tocsin.core.store.silence;

import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import java.time.Instant;
import java.util.Comparator;

/**
 * The order of lists (contract section 7.8): active silences by end, pending ones by start, ended ones by end, latest
 * first; equal ones by id.
 */
final class SilenceOrder implements Comparator<Silence> {
    private final Instant now;

    /** @param now the time that tells active from pending and ended */
    SilenceOrder(Instant now) {
        this.now = now;
    }

    @Override
    public int compare(Silence a, Silence b) {
        Silence.State state = Silences.state(a, now);
        Silence.State other = Silences.state(b, now);
        int order = state != other
                ? Integer.compare(rank(state), rank(other))
                : switch (state) {
                    case ACTIVE -> a.endsAt().compareTo(b.endsAt());
                    case PENDING -> a.startsAt().compareTo(b.startsAt());
                    case EXPIRED -> b.endsAt().compareTo(a.endsAt());
                };
        return order == 0 ? a.id().compareTo(b.id()) : order;
    }

    private static int rank(Silence.State state) {
        return switch (state) {
            case ACTIVE -> 0;
            case PENDING -> 1;
            case EXPIRED -> 2;
        };
    }
}
