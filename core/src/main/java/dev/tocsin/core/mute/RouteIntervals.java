package dev.tocsin.core.mute;

import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.mute.MuteVerdict.InsideMuteIntervals;
import dev.tocsin.core.mute.MuteVerdict.NotMuted;
import dev.tocsin.core.mute.MuteVerdict.OutsideActiveIntervals;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The time intervals of a route, names resolved.
 *
 * @param active outside of them the route is quiet; empty for no such condition
 * @param mute inside any of them the route is quiet; may be empty
 */
public record RouteIntervals(List<TimeInterval> active, List<TimeInterval> mute) {
    /** The intervals of a route that has none. */
    public static final RouteIntervals NONE = new RouteIntervals(List.of(), List.of());

    private static final MuteVerdict NOT_MUTED = new NotMuted();

    /** Copies the lists. */
    public RouteIntervals {
        active = List.copyOf(active);
        mute = List.copyOf(mute);
    }

    private static final Duration HALF_DAY = Duration.ofHours(12);

    /** How far {@link #mutedUntil} looks ahead: a leap year and a day. */
    private static final Duration FAR = Duration.ofDays(367);

    /**
     * The intervals of each route of a tree, by the route's number.
     *
     * @param all every interval that is configured
     * @throws IllegalArgumentException if a route names another one, which the check of the configuration finds
     */
    public static List<RouteIntervals> resolve(RouteTree routes, List<TimeInterval> all) {
        Map<String, TimeInterval> byName = new HashMap<>();
        all.forEach(interval -> byName.put(interval.name(), interval));
        List<RouteIntervals> intervals = new ArrayList<>();
        for (Route route : routes.routes()) {
            intervals.add(new RouteIntervals(
                    resolve(route.options().activeTimeIntervals(), byName),
                    resolve(route.options().muteTimeIntervals(), byName)));
        }
        return List.copyOf(intervals);
    }

    private static List<TimeInterval> resolve(List<String> names, Map<String, TimeInterval> byName) {
        List<TimeInterval> resolved = new ArrayList<>(names.size());
        for (String name : names) {
            TimeInterval interval = byName.get(name);
            if (interval == null) {
                throw new IllegalArgumentException("undefined time interval \"" + name + "\" used in route");
            }
            resolved.add(interval);
        }
        return resolved;
    }

    /**
     * When the intervals stop to mute.
     *
     * @return the first moment after {@code tick} at which {@link #verdict} is not to mute; null if it does not mute at
     *     {@code tick}, or for longer than a year
     */
    public @Nullable Instant mutedUntil(Instant tick) {
        if (verdict(tick) instanceof NotMuted) {
            return null;
        }
        Instant end = tick.plus(FAR);
        for (Instant from = tick; from.isBefore(end); from = from.plus(HALF_DAY)) {
            for (Instant moment : boundaries(from, from.plus(HALF_DAY))) {
                if (verdict(moment) instanceof NotMuted) {
                    return moment;
                }
            }
        }
        return null;
    }

    /** The moments after {@code from} and up to {@code to}, half a day later, at which the verdict may change; sorted. */
    private NavigableSet<Instant> boundaries(Instant from, Instant to) {
        NavigableSet<Instant> moments = new TreeSet<>();
        for (List<TimeInterval> intervals : List.of(active, mute)) {
            for (TimeInterval interval : intervals) {
                // half a day touches two days at most, whatever the zone
                moments.addAll(interval.boundaries(from));
                moments.addAll(interval.boundaries(to));
            }
        }
        return moments.subSet(from, false, to, true);
    }

    /** What the intervals say about a flush at {@code tick}; the active ones are asked first (contract section 5.3). */
    public MuteVerdict verdict(Instant tick) {
        if (active.isEmpty() && mute.isEmpty()) {
            return NOT_MUTED;
        }
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
