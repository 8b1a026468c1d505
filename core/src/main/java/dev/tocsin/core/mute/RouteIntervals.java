package dev.tocsin.core.mute;

import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.mute.MuteVerdict.InsideMuteIntervals;
import dev.tocsin.core.mute.MuteVerdict.NotMuted;
import dev.tocsin.core.mute.MuteVerdict.OutsideActiveIntervals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The time intervals of a route, names resolved.
 *
 * @param active outside of them the route is quiet; empty for no such condition
 * @param mute inside any of them the route is quiet; may be empty
 */
public record RouteIntervals(List<TimeInterval> active, List<TimeInterval> mute) {
    /** The intervals of a route that has none. */
    public static final RouteIntervals NONE = new RouteIntervals(List.of(), List.of());

    /** Copies the lists. */
    public RouteIntervals {
        active = List.copyOf(active);
        mute = List.copyOf(mute);
    }

    /** What the intervals say about a flush at {@code tick}; the active ones are asked first (contract section 5.3). */
    public MuteVerdict verdict(Instant tick) {
        if (!active.isEmpty() && active.stream().noneMatch(interval -> interval.contains(tick))) {
            return new OutsideActiveIntervals(
                    active.stream().map(TimeInterval::name).toList());
        }
        List<String> muting = new ArrayList<>();
        for (TimeInterval interval : mute) {
            for (int i = interval.count(tick); i > 0; i--) {
                muting.add(interval.name());
            }
        }
        return muting.isEmpty() ? new NotMuted() : new InsideMuteIntervals(List.copyOf(muting));
    }
}
