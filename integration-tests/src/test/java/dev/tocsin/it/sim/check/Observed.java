package dev.tocsin.it.sim.check;

import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Topology;
import dev.tocsin.it.sim.world.Settings;
import dev.tocsin.it.sim.world.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A history, arranged for questions. Times are true times in nanoseconds. */
final class Observed {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    /** Nodes that have met, and reach each other for so long, know the same. */
    private static final long SPREAD = 300 * MILLI;

    /** How long a lease lasts for its holder. */
    static final long LEASE = 2_500 * MILLI;

    private static final String SECOND_ROUTE = "{}/{team=~\"t[13579]\"}";
    private static final String THIRD_ROUTE = "{}/{team=~\"t[0-9]\"}";

    private final History history;
    private final Settings settings;
    private final long truth;
    private final long end;
    private final TreeMap<Long, Topology> topologies = new TreeMap<>();
    private final Meetings meetings;
    private final Votes votes;
    private final Map<String, List<Request>> byKey = new TreeMap<>();
    private final Map<String, List<Happening.Journaled>> claims = new HashMap<>();
    private final Map<String, NavigableSet<Long>> flushes = new HashMap<>();

    /** @param truth the alerts that fire in the end */
    Observed(History history, Settings settings, long truth, long end) {
        this.history = history;
        this.settings = settings;
        this.truth = truth;
        this.end = end;
        topologies.put(Long.MIN_VALUE, new Topology(0, true, 0, new int[settings.nodes()]));
        history.all(Happening.Reachable.class).forEach(one -> topologies.put(one.at(), one.topology()));
        meetings = new Meetings(history, topologies, settings.nodes());
        votes = new Votes(history, meetings.answering());
        for (Request request : history.requests()) {
            byKey.computeIfAbsent(request.content().key(), key -> new ArrayList<>())
                    .add(request);
        }
        history.all(Happening.Journaled.class)
                .filter(one -> one.event() instanceof NotificationEvent.Claimed)
                .forEach(one -> claims.computeIfAbsent(place(one), key -> new ArrayList<>())
                        .add(one));
        history.all(Happening.Journaled.class)
                .filter(one -> one.event() instanceof GroupEvent.Flushed)
                .forEach(one -> flushes.computeIfAbsent(
                                one.node() + " " + one.life() + " "
                                        + one.event().groupKey(),
                                key -> new TreeSet<>())
                        .add(one.at()));
    }

    /** When the flush began that the request belongs to; its own start if nobody wrote that down. */
    long flushedAt(Request request) {
        Long at = flushes(request).floor(claimedAt(request));
        return at == null ? request.startedAt() : at;
    }

    /** Whether a flush of the request's group began on its sender in this span. */
    boolean hasFlushed(Request request, long from, long to) {
        Long at = flushes(request).ceiling(from);
        return at != null && at <= to;
    }

    private NavigableSet<Long> flushes(Request request) {
        String key = request.content().key();
        String group = key.substring(0, key.lastIndexOf(' '));
        return flushes.getOrDefault(request.node() + " " + request.life() + " " + group, new TreeSet<>());
    }

    /** When the sender gave up the notification that the request belongs to; the end if it did not. */
    long failedAt(Request request) {
        return history.all(Happening.Journaled.class)
                .filter(one -> one.at() >= request.startedAt()
                        && one.node() == request.node()
                        && one.life() == request.life()
                        && one.event() instanceof NotificationEvent.Failed failed
                        && key(failed.to()).equals(request.content().key()))
                .mapToLong(Happening.Journaled::at)
                .findFirst()
                .orElse(end);
    }

    private static String place(Happening.Journaled one) {
        NotificationEvent.Claimed claimed = (NotificationEvent.Claimed) one.event();
        return place(one.node(), one.life(), key(claimed.to()), claimed.sequence());
    }

    private static String place(int node, int life, String key, long sequence) {
        return node + " " + life + " " + sequence + " " + key;
    }

    /** The key of a notification as requests name it. */
    static String key(NotificationEvent.Destination to) {
        return to.groupKey() + " " + to.receiver() + "/" + to.integration();
    }

    History history() {
        return history;
    }

    Settings settings() {
        return settings;
    }

    /** The alerts that fire in the end. */
    long truth() {
        return truth;
    }

    /** When the history ends. */
    long end() {
        return end;
    }

    /** All requests by key, each list in the order of starts. */
    Map<String, List<Request>> byKey() {
        return byKey;
    }

    /** The requests of a key, in the order of starts; may be empty. */
    List<Request> requests(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    /** The requests of a key that were accepted, in the order of acceptance. */
    List<Request> accepted(String key) {
        return requests(key).stream()
                .filter(Request::accepted)
                .sorted(Comparator.comparingLong(Request::acceptedAt).thenComparingInt(Request::number))
                .toList();
    }

    /** When the claim was granted that let this request out; its own start if nobody wrote that down. */
    long claimedAt(Request request) {
        List<Happening.Journaled> known = claims.getOrDefault(
                place(
                        request.node(),
                        request.life(),
                        request.content().key(),
                        request.content().sequence()),
                List.of());
        long at = request.startedAt();
        for (Happening.Journaled claim : known) {
            if (claim.at() <= request.startedAt()) {
                at = claim.at();
            }
        }
        return at;
    }

    /**
     * Whether no disk has any more what a node wrote down: all nodes lost theirs that had it, from then on until it had
     * reached another one, and so on.
     *
     * @param node wrote it down
     * @param at when it did
     */
    boolean isLost(int node, long at, long until) {
        List<Happening.DiskLost> losses = losses(at, until);
        return !losses.isEmpty() && holders(node, at, losses.getLast().at()) == 0;
    }

    /** The nodes that have at a time what a node wrote down before. */
    private long holders(int node, long at, long until) {
        long holders = 1L << node;
        long from = at;
        for (Happening.DiskLost lost : losses(at, until)) {
            holders = spread(holders, from, lost.at()) & ~(1L << lost.node());
            from = lost.at();
        }
        return spread(holders, from, until);
    }

    /** In order of time, those that take away what was written down at {@code at}. */
    private List<Happening.DiskLost> losses(long at, long until) {
        return history.all(Happening.DiskLost.class)
                .filter(lost -> lost.at() > at && lost.at() <= until && lost.since() < at)
                .sorted(Comparator.comparingLong(Happening.DiskLost::at))
                .toList();
    }

    /**
     * Whether the second sender cannot know of the first request: it lost its disk since, and nobody that knew could be
     * asked. Its numbers begin anew then, and may be the same.
     */
    boolean isForgotten(Request one, Request next) {
        long at = Math.max(one.endedAt(), one.acceptedAt());
        long until = claimedAt(next);
        return losses(at, until).stream().anyMatch(lost -> lost.node() == next.node())
                && (holders(one.node(), at, until) >>> next.node() & 1) == 0;
    }

    /** Whether what a node wrote down at a time had reached another one until a later one. */
    boolean reaches(int from, long at, int to, long until) {
        return (spread(1L << from, at, until) >>> to & 1) == 1;
    }

    /** Whether two nodes could talk to each other for long enough in a span. */
    boolean meets(int one, long from, int other, long to) {
        NavigableMap<Long, Topology> all = meetings.answering();
        for (Map.Entry<Long, Topology> span = all.floorEntry(from);
                span != null && span.getKey() < to;
                span = all.higherEntry(span.getKey())) {
            Long next = all.higherKey(span.getKey());
            long over = Math.min(to, next == null ? to : next);
            if (over - Math.max(from, span.getKey()) >= SPREAD
                    && span.getValue().connected(one, other)) {
                return true;
            }
        }
        return false;
    }

    /** The nodes that have something at the end of a span that these have at its beginning. */
    private long spread(long holders, long from, long to) {
        long all = holders;
        for (Map.Entry<Long, Topology> span = topologies.floorEntry(from);
                span != null && span.getKey() < to;
                span = topologies.higherEntry(span.getKey())) {
            Long next = topologies.higherKey(span.getKey());
            long begin = Math.max(from, span.getKey());
            long over = Math.min(to, next == null ? to : next);
            if (over - begin < SPREAD) {
                continue;
            }
            for (int i = 0; i < settings.nodes(); i++) {
                for (int j = 0; j < settings.nodes(); j++) {
                    boolean isNews = (all >>> i & 1) == 1 && (all >>> j & 1) == 0;
                    if (isNews
                            && span.getValue().connected(i, j)
                            && over - Math.max(begin, meetings.of(i, j, span.getKey())) >= SPREAD) {
                        all |= 1L << j;
                    }
                }
            }
        }
        return all;
    }

    /** Whether something holds at every instant of a span, going by the ways. */
    boolean always(long from, long to, Predicate<Topology> holds) {
        return always(topologies, from, to, holds);
    }

    /** The same, going by the nodes that answer each other: ways that are free again are no connections yet. */
    boolean alwaysAnswers(long from, long to, Predicate<Topology> holds) {
        return always(meetings.answering(), from, to, holds);
    }

    private static boolean always(NavigableMap<Long, Topology> all, long from, long to, Predicate<Topology> holds) {
        for (Topology topology :
                all.subMap(all.floorKey(from), true, Math.max(from, to), true).values()) {
            if (!holds.test(topology)) {
                return false;
            }
        }
        return true;
    }

    /** Whether something holds for longer than {@code least} without a break that touches the span. */
    boolean lasts(long from, long to, long least, Predicate<Topology> holds) {
        return lasts(meetings.answering(), from, to, least, holds);
    }

    /** The same, going by the nodes that answer each other and have a vote. */
    boolean lastsByVotes(long from, long to, long least, Predicate<Topology> holds) {
        return lasts(votes.voting(), from, to, least, holds);
    }

    private boolean lasts(NavigableMap<Long, Topology> all, long from, long to, long least, Predicate<Topology> holds) {
        Long at = all.floorKey(from);
        while (at != null && at <= to) {
            if (!holds.test(all.get(at))) {
                at = all.higherKey(at);
                continue;
            }
            long begin = beginOf(all, at, holds);
            Long over = at;
            while (over != null && holds.test(all.get(over))) {
                over = all.higherKey(over);
            }
            if ((over == null ? end : over) - begin > least) {
                return true;
            }
            at = over;
        }
        return false;
    }

    private static long beginOf(NavigableMap<Long, Topology> all, long at, Predicate<Topology> holds) {
        long begin = at;
        Long before = all.lowerKey(at);
        while (before != null && before != Long.MIN_VALUE && holds.test(all.get(before))) {
            begin = before;
            before = all.lowerKey(before);
        }
        return Math.max(0, begin);
    }

    /** The last change of who can talk to whom at or before a time; 0 if there was none. */
    long lastChange(long at) {
        Long key = topologies.floorKey(at);
        return key == null || key < 0 ? 0 : key;
    }

    /** The first change after a time; the end if there is none. */
    long nextChange(long at) {
        Long key = topologies.higherKey(at);
        return key == null ? end : key;
    }

    /** Who could talk to whom at a time. */
    Topology topology(long at) {
        return topologies.floorEntry(at).getValue();
    }

    /** Who answered whom at a time: those that could talk to each other and had met. */
    Topology answering(long at) {
        return meetings.answering().floorEntry(at).getValue();
    }

    /** The keys under which a group's receivers are told. */
    List<String> keys(int group) {
        String team = "{team=\"t" + group + "\"}";
        boolean deep = settings.traits().contains(Trait.DEEP_ROUTES);
        List<String> keys = new ArrayList<>();
        if (group % 2 == 0) {
            if (!deep) {
                keys.add("{}:" + team + " first/webhook[0]");
            }
        } else {
            String second = deep && group == 1
                    ? SECOND_ROUTE + "/" + team + ":{alertname=\"Down\", team=\"t1\"} second/"
                    : SECOND_ROUTE + ":" + team + " second/";
            keys.add(second + "webhook[0]");
            keys.add(second + "webhook[1]");
        }
        if (deep) {
            keys.add(THIRD_ROUTE + ":" + team + " third/webhook[0]");
        }
        return keys;
    }

    /**
     * Whether what is told under this key is muted during the quiet minute, because the route says so or because it is
     * active at other times only: a route within a route inherits neither.
     */
    boolean hasQuietMinute(String key) {
        boolean second = key.startsWith(SECOND_ROUTE + ":");
        boolean third = key.startsWith(THIRD_ROUTE + ":");
        return (settings.traits().contains(Trait.QUIET_MINUTE) && second)
                || (settings.traits().contains(Trait.ACTIVE_INTERVALS) && (second || third));
    }

    /** What lines about a group have in common. */
    static String about(int group) {
        return "team=\"t" + group + "\"";
    }

    /** The alerts of a group, as bits, but for the one that is silenced. */
    long alerts(int group) {
        long mask = 0;
        for (int i = 0; i < settings.alerts() - 1; i++) {
            if (i % settings.groups() == group) {
                mask |= 1L << i;
            }
        }
        return mask;
    }
}
