package dev.tocsin.api.watch;

import dev.tocsin.api.service.AlertQuery;
import dev.tocsin.api.service.ClusterService;
import dev.tocsin.api.service.Filters;
import dev.tocsin.api.service.GroupEntry;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.service.ServiceException.Fault;
import dev.tocsin.api.service.Services;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.api.service.SilenceView;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.hub.HubListener;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Live views of alerts, groups, silences and nodes for all interfaces. The hub is looked at only as long as somebody
 * watches. What only moves an alert's end or its latest report on is no change. Any thread may open and close watches;
 * their number is bounded.
 */
public final class Watches {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final long BEAT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MAX_MOST = 2_000;
    private static final int MAX_KNOWN = 100_000;
    /** What all clients together may say they have at a time. */
    private static final int MAX_KNOWN_BY_ALL = 200_000;

    private final Hub hub;
    private final Services services;
    private final Filters filters;
    private final Clock clock;
    private final Scheduler loop;
    private final RandomGenerator random;
    private final Refresh<AlertView> alerts;
    private final Refresh<GroupEntry> groups;
    private final Refresh<SilenceView> silences;
    private final Refresh<ClusterService.Node> nodes;
    private final List<Refresh<?>> all;
    private final AtomicInteger open = new AtomicInteger();
    private final Semaphore knowing = new Semaphore(MAX_KNOWN_BY_ALL);
    private final AtomicBoolean awake = new AtomicBoolean();
    private Cancellable listening = Cancellable.NONE;
    private long beatNanos;
    private long materialChanges;

    /**
     * Views of {@code hub}.
     *
     * @param random names the pictures of this node, so that a cursor of another one is known
     */
    public Watches(
            Hub hub,
            Services services,
            Filters filters,
            Clock clock,
            Scheduler loop,
            Workers workers,
            Metrics metrics,
            RandomGenerator random) {
        this.hub = hub;
        this.services = services;
        this.filters = filters;
        this.clock = clock;
        this.loop = loop;
        this.random = random;
        this.alerts = new Refresh<>(
                new Picture<>(
                        random.nextLong(),
                        view -> LabelSet.fingerprintText(view.alert().fingerprint()),
                        Watches::sameAlert,
                        Version::of),
                () -> hub.alerts(AlertFilter.ALL),
                this::find,
                () -> stateStamp() + materialChanges,
                clock,
                workers);
        this.groups = new Refresh<>(
                new Picture<>(random.nextLong(), GroupEntry::name, Watches::sameGroup, Version::of),
                services.groups()::all,
                named -> Map.of(),
                () -> stateStamp() + materialChanges,
                clock,
                workers);
        this.silences = new Refresh<>(
                new Picture<>(random.nextLong(), view -> view.silence().id(), Objects::equals, Version::of),
                services.silences()::all,
                named -> Map.of(),
                hub.silences()::version,
                clock,
                workers);
        this.nodes = new Refresh<>(
                new Picture<>(random.nextLong(), ClusterService.Node::name, Objects::equals, Version::of),
                () -> services.cluster().members().nodes(),
                named -> Map.of(),
                () -> hub.membership().peers().hashCode(),
                clock,
                workers);
        this.all = List.of(alerts, groups, silences, nodes);
        metrics.gauge("tocsin_watches", "Open watches of alerts, groups, silences and nodes.")
                .labels()
                .set(open::get);
    }

    private long stateStamp() {
        return hub.silences().version() + System.identityHashCode(hub.routes());
    }

    private Map<String, @Nullable AlertView> find(Set<Long> fingerprints) {
        Map<String, @Nullable AlertView> found = new HashMap<>();
        long[] asked = new long[fingerprints.size()];
        int i = 0;
        for (long fingerprint : fingerprints) {
            asked[i++] = fingerprint;
            found.put(LabelSet.fingerprintText(fingerprint), null);
        }
        Instant now = clock.now();
        for (AlertView view : hub.find(asked)) {
            if (!view.alert().resolvedAt(now)) {
                found.put(LabelSet.fingerprintText(view.alert().fingerprint()), view);
            }
        }
        return found;
    }

    private static boolean sameAlert(AlertView a, AlertView b) {
        return sameReport(a.alert(), b.alert())
                && a.silencedBy().equals(b.silencedBy())
                && a.inhibitedBy().equals(b.inhibitedBy())
                && a.receivers().equals(b.receivers());
    }

    @SuppressWarnings("ReferenceEquality") // the usual case, and cheap; contents decide otherwise
    private static boolean sameReport(Alert a, Alert b) {
        return a == b
                || (a.annotations().equals(b.annotations())
                        && a.startsAt().equals(b.startsAt())
                        && a.generatorUrl().equals(b.generatorUrl()));
    }

    private static boolean sameGroup(GroupEntry a, GroupEntry b) {
        List<AlertView> before = a.view().alerts();
        List<AlertView> after = b.view().alerts();
        if (before.size() != after.size()
                || !a.ranking().equals(b.ranking())
                || !a.mutedBy().equals(b.mutedBy())
                || !a.view().routeLabels().equals(b.view().routeLabels())) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            AlertView one = before.get(i);
            AlertView other = after.get(i);
            // filters see whether something mutes an alert
            if (one.alert().fingerprint() != other.alert().fingerprint()
                    || one.silencedBy().isEmpty() != other.silencedBy().isEmpty()
                    || one.inhibitedBy().isEmpty() != other.inhibitedBy().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Watches the alerts that fire and pass the filter.
     *
     * @param start with a cursor of a watch with the same filter
     * @param wake called on any thread when {@link Watch#next} may give something; must not block
     * @throws ServiceException if filter or cursor are malformed, or too many watch
     */
    public Watch<AlertView> alerts(AlertQuery query, Start start, Runnable wake) {
        AlertFilter filter = filters.alerts(query);
        return open(alerts, "alerts " + query, view -> passes(filter, view), start, wake);
    }

    /** Watches the groups with at least one alert that passes the filter; as {@link #alerts}. */
    public Watch<GroupEntry> groups(AlertQuery query, Start start, Runnable wake) {
        AlertFilter filter = filters.alerts(query);
        return open(groups, "groups " + query, entry -> passing(filter, entry) > 0, start, wake);
    }

    /** How many alerts of a group pass the query's filter. */
    public int passing(AlertQuery query, GroupEntry entry) {
        return passing(filters.alerts(query), entry);
    }

    private int passing(AlertFilter filter, GroupEntry entry) {
        if (!filter.receiver().test(entry.view().receiver())
                || (!filter.muted() && !entry.mutedBy().isEmpty())
                || !receiverMatches(filter, List.of(entry.view().receiver()))) {
            return 0;
        }
        int passing = 0;
        for (AlertView view : entry.view().alerts()) {
            if (labelsAndState(filter, view)) {
                passing++;
            }
        }
        return passing;
    }

    private boolean passes(AlertFilter filter, AlertView view) {
        return labelsAndState(filter, view)
                && view.receivers().stream().anyMatch(filter.receiver())
                && receiverMatches(filter, view.receivers());
    }

    private static boolean labelsAndState(AlertFilter filter, AlertView view) {
        for (Matcher matcher : filter.matchers()) {
            if (!matcher.matches(view.alert().labels())) {
                return false;
            }
        }
        boolean inhibited = !view.inhibitedBy().isEmpty();
        boolean silenced = !view.silencedBy().isEmpty();
        return (filter.active() || inhibited || silenced)
                && (filter.silenced() || !silenced)
                && (filter.inhibited() || !inhibited);
    }

    private boolean receiverMatches(AlertFilter filter, List<String> names) {
        if (filter.receiverMatchers().isEmpty()) {
            return true;
        }
        return hub.receivers().stream()
                .filter(receiver -> names.contains(receiver.name()))
                .anyMatch(receiver -> filter.receiverMatchers().stream()
                        .allMatch(matcher -> matcher.matches(receiver.labels().getOrDefault(matcher.name(), ""))));
    }

    /** Watches the silences that pass; as {@link #alerts}. */
    public Watch<SilenceView> silences(SilenceService.Query query, Start start, Runnable wake) {
        String asked = "silences " + query.matchers()
                + query.states().stream().sorted().toList();
        return open(silences, asked, services.silences().passes(query), start, wake);
    }

    /** Watches the live nodes; as {@link #alerts}. */
    public Watch<ClusterService.Node> nodes(Start start, Runnable wake) {
        return open(nodes, "nodes", node -> true, start, wake);
    }

    private <T> Watch<T> open(Refresh<T> refresh, String query, Predicate<T> filter, Start start, Runnable wake) {
        if (start.known().size() > MAX_KNOWN) {
            throw ServiceException.invalid(
                    "TOO_MANY", "known", "at most " + MAX_KNOWN + " items; leave all out and begin anew");
        }
        if (open.incrementAndGet() > MAX_MOST) {
            open.decrementAndGet();
            throw new ServiceException(
                    Fault.EXHAUSTED,
                    "TOO_MANY_WATCHES",
                    "this node serves " + MAX_MOST + " watches already; end some or ask another node",
                    List.of());
        }
        Known known = known(start.known());
        Watch<T> watch;
        try {
            watch = refresh.picture().open(query, filter, start.cursor(), known, wake, open::decrementAndGet);
        } catch (ServiceException e) {
            known.close();
            open.decrementAndGet();
            throw e;
        }
        if (awake.compareAndSet(false, true)) {
            loop.execute(this::begin);
        }
        wake.run();
        return watch;
    }

    /** Nothing, if there is no room for more: a snapshot is as right, only longer. */
    private Known known(Map<String, Long> versions) {
        int size = versions.size();
        return size > 0 && knowing.tryAcquire(size)
                ? new Known(versions, () -> knowing.release(size))
                : Known.nothing();
    }

    private void begin() {
        listening = hub.listen(new Changes());
        loop.schedule(Duration.ZERO, this::tick);
    }

    private void tick() {
        all.forEach(refresh -> refresh.tick(random.nextLong()));
        if (open.get() == 0) {
            listening.cancel();
            awake.set(false);
            if (open.get() == 0 || !awake.compareAndSet(false, true)) {
                return;
            }
            listening = hub.listen(new Changes());
        }
        if (clock.nanoTime() - beatNanos >= BEAT_NANOS) {
            beatNanos = clock.nanoTime();
            all.forEach(refresh -> refresh.picture().beat());
        }
        loop.schedule(TICK, this::tick);
    }

    /** Names the alerts that watchers may see in another way. */
    private final class Changes implements HubListener {
        @Override
        public void stored(Alert now, @Nullable Alert before) {
            Instant at = clock.now();
            if (before == null || !sameReport(before, now) || before.resolvedAt(at) != now.resolvedAt(at)) {
                alerts.name(now.fingerprint());
                materialChanges++;
            }
        }

        @Override
        public void removed(Alert alert) {
            alerts.name(alert.fingerprint());
        }
    }
}
