package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Topology;
import dev.tocsin.it.sim.world.SimConfigs;
import dev.tocsin.it.sim.world.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps alerts from being told although they fire: an alert that inhibits them, and the quiet minute. What ends
 * meanwhile is dropped without a word (contract section 5.3).
 */
final class Muting {
    /** A node that missed an end has heard of it after so long, or the alert has ended by itself. */
    private static final long STALE = 110 * Observed.SECOND;

    /** Senders look at most so many milliseconds late whether to send again. */
    private static final long EVALUATION = 2_600;

    private final Observed observed;
    private final Map<Integer, List<Span>> firing = new HashMap<>();

    /**
     * A time during which an alert may fire by what senders say; its end is when all have said that it does not, so often that
     * each node's clock has come past the end that they told.
     */
    private record Span(long from, long to) {}

    Muting(Observed observed) {
        this.observed = observed;
        if (observed.settings().traits().contains(Trait.INHIBITION)) {
            firing.put(0, spans(0));
            firing.put(1, spans(1));
        }
    }

    private List<Span> spans(int alert) {
        List<Span> spans = new ArrayList<>();
        Map<String, Boolean> said = new HashMap<>();
        long from = -1;
        for (Happening one : observed.history().all()) {
            if (!(one instanceof Happening.Posted post) || ((post.firing() | post.resolved()) >>> alert & 1) == 0) {
                continue;
            }
            said.put(post.sender(), (post.firing() >>> alert & 1) == 1);
            boolean fires = said.containsValue(true);
            if (fires && from < 0) {
                from = post.at();
            } else if (!fires && from >= 0) {
                spans.add(new Span(from, post.at() + untilBelieved()));
                from = -1;
            }
        }
        if (from >= 0) {
            spans.add(new Span(from, Long.MAX_VALUE));
        }
        return spans;
    }

    /** An end that is still to come by a node's clock is not believed; the sender's next re-send is, or the one after it. */
    private long untilBelieved() {
        long ahead = observed.settings().senderSkewMillis()
                + (long) observed.settings().wallSkewMillis();
        long resend = observed.settings().resendMillis();
        return (ahead + resend - 1) / resend * (resend + EVALUATION) * Observed.MILLI;
    }

    /** Whether anything can keep the alert from being told under a key. */
    boolean concerns(int alert, String key) {
        return observed.settings().inhibitor(alert) >= 0 || observed.hasQuietMinute(key);
    }

    /**
     * From when on it is certain that nothing keeps an alert from being told under a key.
     *
     * @param at not before then
     * @return -1 if that cannot be said
     */
    long since(int alert, String key, long at) {
        long from = observed.hasQuietMinute(key) && at >= quietFrom() ? Math.max(at, quietUntil()) : at;
        int source = observed.settings().inhibitor(alert);
        Span last = null;
        for (Span span : source < 0 ? List.<Span>of() : firing.getOrDefault(source, List.of())) {
            last = span.from() <= from ? span : last;
        }
        if (last == null || last.to() < from - STALE) {
            return from;
        }
        if (last.to() == Long.MAX_VALUE) {
            return -1;
        }
        from = Math.max(from, last.to());
        return observed.always(last.from(), from, this::isCalm) ? from : -1;
    }

    /** Whether nothing keeps an alert from being told under a key in a span that begins when that was certain. */
    boolean stays(int alert, String key, long from, long to) {
        if (observed.hasQuietMinute(key) && from < quietUntil() && to >= quietFrom()) {
            return false;
        }
        int source = observed.settings().inhibitor(alert);
        List<Span> spans = source < 0 ? List.of() : firing.getOrDefault(source, List.of());
        if (spans.stream().anyMatch(span -> span.from() <= to && span.to() > from)) {
            return false;
        }
        boolean isRecent = spans.stream().anyMatch(span -> span.to() <= from && span.to() >= from - STALE);
        return !isRecent || observed.always(from, to, this::isCalm);
    }

    /** Whether all nodes run, know what the others know, and can talk to each other. */
    private boolean isCalm(Topology topology) {
        return topology.clean()
                && topology.allWarm()
                && topology.runs()
                && topology.clique(0) == observed.settings().nodes();
    }

    /** Whether the end of an alert may have been dropped because the alert was kept from being told. */
    boolean mayHaveDroppedTheEnd(int alert, String key) {
        if (!concerns(alert, key)) {
            return false;
        }
        String over = "a" + alert + " is over";
        long ended = observed.history()
                .all(Happening.Interference.class)
                .filter(one -> one.what().equals(over))
                .mapToLong(Happening.Interference::at)
                .max()
                .orElse(0);
        return since(alert, key, ended) != ended || !stays(alert, key, ended, observed.end());
    }

    /** Whether the alert is inhibited in the end, as far as the truth goes. */
    boolean isInhibitedInTheEnd(int alert) {
        int source = observed.settings().inhibitor(alert);
        return source >= 0 && (observed.truth() >>> source & 1) == 1;
    }

    /** When the quiet minute begins by the clock that is most ahead. */
    private long quietFrom() {
        return (SimConfigs.QUIET_FROM - 1) * Observed.SECOND - skew();
    }

    /** When it is over by the clock that is most behind. */
    private long quietUntil() {
        return (SimConfigs.QUIET_UNTIL + 1) * Observed.SECOND + skew();
    }

    private long skew() {
        return observed.settings().wallSkewMillis() * Observed.MILLI;
    }
}
