package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.metrics.SummaryFamily;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts stored alerts into the groups of one configuration (contract section 5.2). A reload makes a new one, loads all
 * stored alerts into it and stops the old one. Written on the hub loop only; any thread may read the groups. The number
 * of groups is bounded by the stored alerts times the route nodes that match them.
 */
public final class Dispatcher {
    private final RouteTree routes;
    private final Clock clock;
    private final Scheduler scheduler;
    private final DispatcherOptions options;
    private final GroupContext context;
    private final RecordedEntries entries;
    private final List<Map<LabelSet, AggregationGroup>> groupsByRoute;
    private final Map<GroupId, AggregationGroup> groupsById = new HashMap<>();
    private final GaugeFamily.Child groupCount;
    private final SummaryFamily.Child processing;
    private Cancellable opening = Cancellable.NONE;
    private Cancellable maintenance = Cancellable.NONE;
    private int groups;
    private volatile boolean open;
    private volatile boolean stopped;

    /**
     * A dispatcher without groups; nothing flushes before {@link #start}.
     *
     * @param flusher gets the groups that are due
     * @param turns says which groups this node flushes
     * @param marks shared with the dispatchers before and after this one
     * @param routeLabels renders the labels of the routes
     * @param journal hears of flushes and of alerts that enter a group, those of {@link #load} left out
     * @param events hears of alerts that enter and leave groups, those of {@link #load} included
     */
    public Dispatcher(
            RouteTree routes,
            GroupFlusher flusher,
            Turns turns,
            TimeMuteMarks marks,
            RouteLabels routeLabels,
            Clock clock,
            Scheduler scheduler,
            Metrics metrics,
            Journal journal,
            EventRecorder events,
            DispatcherOptions options) {
        this.routes = routes;
        this.clock = clock;
        this.scheduler = scheduler;
        this.options = options;
        this.context = new GroupContext(clock, scheduler, flusher, turns, marks, routeLabels, journal, events);
        this.entries = new RecordedEntries(journal);
        List<Map<LabelSet, AggregationGroup>> empty = new ArrayList<>();
        for (int i = 0; i < routes.routes().size(); i++) {
            empty.add(new ConcurrentHashMap<>(1));
        }
        this.groupsByRoute = List.copyOf(empty);
        this.groupCount = metrics.gauge(
                        "alertmanager_dispatcher_aggregation_groups", "Number of active aggregation groups.")
                .labels();
        this.processing = metrics.summary(
                        "alertmanager_dispatcher_alert_processing_duration_seconds",
                        "Time to sort one alert into its groups.")
                .labels();
        // Groups are neither limited nor created concurrently here: these stay zero and keep dashboards whole.
        metrics.counter(
                        "alertmanager_dispatcher_aggregation_group_limit_reached_total",
                        "Alerts that found no group because of a limit.")
                .labels();
        metrics.counter(
                        "alertmanager_dispatcher_aggregation_group_creation_retries_total",
                        "Attempts to create a group that were repeated.")
                .labels();
        metrics.counter(
                        "alertmanager_dispatcher_aggregation_group_creation_given_up_total",
                        "Alerts whose group could not be created.")
                .labels();
    }

    /** The tree that this dispatcher sorts by. */
    public RouteTree routes() {
        return routes;
    }

    /** Sorts in alerts that were stored before, then forgets the marks of groups that this configuration does not make. */
    public void load(Iterable<Alert> stored) {
        for (Alert alert : stored) {
            for (Route route : routes.match(alert.labels())) {
                place(route, alert, false);
            }
        }
        if (!context.marks().isEmpty()) {
            Set<GroupId> known = new HashSet<>();
            forEachGroup(group -> known.add(group.id()));
            context.marks().retain(known);
        }
    }

    /** Begins to flush, at once or when the start delay is over. Call it once, after {@link #load}. */
    public void start() {
        context.turns().began(this);
        Duration left = Duration.between(clock.now(), options.processStart().plus(options.startDelay()));
        if (left.isPositive()) {
            opening = scheduler.schedule(left, this::open);
        } else {
            open();
        }
        maintenance = scheduler.schedule(options.maintenanceInterval(), this::maintain);
    }

    private void open() {
        open = true;
        forEachGroup(AggregationGroup::open);
    }

    /** Takes an alert that was stored, new or changed. */
    public void put(Alert alert) {
        long begin = clock.nanoTime();
        List<Route> matched = routes.match(alert.labels());
        boolean entered = false;
        for (int i = 0; i < matched.size(); i++) {
            Route route = matched.get(i);
            entered |= place(route, alert, true);
        }
        if (entered) {
            entries.routed(alert, matched);
        }
        processing.observe((clock.nanoTime() - begin) / 1e9);
    }

    /**
     * Puts the alert into its group.
     *
     * @param told whether the journal hears of it
     * @return whether it is new there
     */
    private boolean place(Route route, Alert alert, boolean told) {
        Map<LabelSet, AggregationGroup> groupsOfRoute = groupsByRoute.get(route.number());
        LabelSet labels = route.groupLabels(alert.labels());
        AggregationGroup known = groupsOfRoute.get(labels);
        AggregationGroup living = known == null || known.isOver() ? null : known;
        if (living != null && living.update(alert)) {
            return false;
        }
        if (context.turns().areShared() && isOldNews(route, labels, alert)) {
            return false;
        }
        if (living != null) {
            living.add(alert);
            tell(told, living, alert, false);
            return true;
        }
        AggregationGroup group = new AggregationGroup(context, route, labels, open);
        groupsOfRoute.put(labels, group);
        groupsById.put(group.id(), group);
        if (known == null) {
            groups++;
            groupCount.set(groups);
        }
        group.begin(alert);
        tell(told, group, alert, true);
        return true;
    }

    private void tell(boolean told, AggregationGroup group, Alert alert, boolean created) {
        if (told) {
            entries.entered(group, alert, created);
        }
    }

    private boolean isOldNews(Route route, LabelSet groupLabels, Alert alert) {
        return alert.resolvedAt(clock.now())
                && !context.flusher().mayBeKnownToFire(route, route.groupKey(groupLabels), alert.labels());
    }

    private void maintain() {
        maintenance = scheduler.schedule(options.maintenanceInterval(), this::maintain);
        for (Map<LabelSet, AggregationGroup> groupsOfRoute : groupsByRoute) {
            groupsOfRoute.values().removeIf(this::ended);
        }
        groupCount.set(groups);
    }

    private boolean ended(AggregationGroup group) {
        if (!group.isOver()) {
            return false;
        }
        context.marks().remove(group.id());
        groupsById.remove(group.id(), group);
        groups--;
        return true;
    }

    /** Ends all timers and flushes. Groups can still be read. */
    public void stop() {
        stopped = true;
        opening.cancel();
        maintenance.cancel();
        forEachGroup(AggregationGroup::stop);
        context.turns().stopped(this);
    }

    /** Whether groups flush: started, the start delay over, not stopped. */
    public boolean isRunning() {
        return open && !stopped;
    }

    /** The group with this name that has not ended, or null. On the hub loop. */
    public @Nullable AggregationGroup find(GroupId id) {
        AggregationGroup group = groupsById.get(id);
        return group == null || group.isOver() ? null : group;
    }

    /**
     * Lets a stored alert enter its groups of this key, if the notification log says that somebody knows it to fire. On the
     * hub loop.
     *
     * @return whether it entered one
     */
    public boolean adopt(String groupKey, Alert alert) {
        boolean entered = false;
        for (Route route : routes.match(alert.labels())) {
            if (route.groupKey(route.groupLabels(alert.labels())).equals(groupKey)) {
                entered |= place(route, alert, true);
            }
        }
        return entered;
    }

    /** The groups with this key and receiver that have not ended; more than one only if routes are the same twice. On the hub loop. */
    public List<AggregationGroup> find(String groupKey, String receiver) {
        List<AggregationGroup> found = new ArrayList<>(1);
        for (Route route : routes.routes()) {
            if (route.options().receiver().equals(receiver) && groupKey.startsWith(route.key())) {
                AggregationGroup group = find(new GroupId(route.id(), groupKey));
                if (group != null) {
                    found.add(group);
                }
            }
        }
        return found;
    }

    /** Whether the tree has a node of this id. Any thread. */
    public boolean hasRoute(String id) {
        return routes.routes().stream().anyMatch(route -> route.id().equals(id));
    }

    /** Hands every group to {@code action}, in route order, weakly consistent; those that are over may be among them. */
    public void forEachGroup(Consumer<AggregationGroup> action) {
        for (Map<LabelSet, AggregationGroup> groupsOfRoute : groupsByRoute) {
            groupsOfRoute.values().forEach(action);
        }
    }
}
