package dev.tocsin.cluster.protocol.turn;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.protocol.MemberNode;
import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.cluster.protocol.PromisedGroups;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.group.DispatcherOptions;
import dev.tocsin.core.group.FlushResult;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.group.GroupFlusher;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.group.RouteLabels;
import dev.tocsin.core.group.RunningFlush;
import dev.tocsin.core.group.TimeMuteMarks;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.AlertStoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A node with real members, courier, groups and turns whose flushes do what the test says. */
final class TurnNode extends MemberNode {
    final SharedTurns turns;
    final AlertStore store;
    final NotificationLog log;
    final List<GroupFlush> flushes = new ArrayList<>();
    final List<Envelope> heard = new ArrayList<>();
    final Set<LabelSet> knownToFire = new HashSet<>();
    final Promised promised = new Promised();
    Dispatcher dispatcher;
    Duration latency = Duration.ZERO;
    boolean ok = true;
    boolean deaf;

    /** @param parcels what nudges of all nodes bring, by a number */
    TurnNode(
            VirtualTime time,
            MemoryNetwork network,
            String name,
            RouteTree routes,
            Map<Integer, List<Alert>> parcels,
            Set<Rule> suspended) {
        super(time, network, name, name.hashCode(), 1, new MemoryStorage(time), suspended);
        try {
            store = new AlertStore(AlertStoreOptions.DEFAULTS, time, time, storage, context.metrics());
            store.load();
            log = new NotificationLog(storage, time, new LogMetrics(context.metrics()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        turns = new SharedTurns(context, members, courier, promised, new Numbered(parcels), store, log);
        dispatcher = dispatcher(routes);
        add((peer, message) -> {
            heard.add(message);
            return (deaf && message.hasTicksDone()) || turns.take(peer, message);
        });
    }

    private Dispatcher dispatcher(RouteTree routes) {
        Dispatcher made = new Dispatcher(
                routes,
                new Flusher(),
                turns,
                new TimeMuteMarks(),
                RouteLabels.AS_WRITTEN,
                time,
                time,
                context.metrics(),
                context.journal(),
                EventRecorder.NONE,
                new DispatcherOptions(Duration.ofSeconds(30), Duration.ZERO, time.now()));
        made.start();
        return made;
    }

    /** Another configuration is in force. */
    void reload(RouteTree routes, String hash) {
        dispatcher.stop();
        dispatcher = dispatcher(routes);
        members.configured(hash);
    }

    /** Stores an alert and lets it enter its groups. */
    void put(Alert alert) {
        store.put(List.of(alert), new AlertSource("192.0.2.1", "curl"), () -> {});
        dispatcher.put(alert);
    }

    AggregationGroup group(GroupId id) {
        AggregationGroup group = dispatcher.find(id);
        if (group == null) {
            throw new AssertionError(context.node() + " has no group " + id);
        }
        return group;
    }

    List<Alert> alerts(GroupId id) {
        List<Alert> alerts = new ArrayList<>();
        group(id).forEach((alert, state) -> alerts.add(alert));
        return alerts;
    }

    long nudges() {
        return heard.stream().filter(Envelope::hasNudge).count();
    }

    /** What the test says this node has promised to others. */
    static final class Promised implements PromisedGroups {
        boolean all;
        private final List<Listener> listeners = new ArrayList<>();

        @Override
        public boolean promised(String groupKey, String receiver) {
            return all;
        }

        @Override
        public void listen(Listener listener) {
            listeners.add(listener);
        }

        void free(LogKey key) {
            all = false;
            listeners.forEach(listener -> listener.freed(key));
        }
    }

    private final class Flusher implements GroupFlusher {
        @Override
        public RunningFlush flush(GroupFlush group, Consumer<FlushResult> done) {
            flushes.add(group);
            boolean well = ok;
            return time.schedule(latency, () -> done.accept(new FlushResult(well, null, List.of())))::cancel;
        }

        @Override
        public boolean mayBeKnownToFire(Route route, String groupKey, LabelSet labels) {
            return knownToFire.contains(labels);
        }
    }

    private final class Numbered implements AlertParcels {
        private final Map<Integer, List<Alert>> parcels;

        Numbered(Map<Integer, List<Alert>> parcels) {
            this.parcels = parcels;
        }

        @Override
        public ByteString pack(List<Alert> alerts) {
            parcels.put(parcels.size(), List.copyOf(alerts));
            return ByteString.copyFromUtf8(Integer.toString(parcels.size() - 1));
        }

        @Override
        public void unpack(String peer, ByteString parcel, long sentAtWallMs) {
            parcels.getOrDefault(Integer.valueOf(parcel.toStringUtf8()), List.of())
                    .forEach(TurnNode.this::put);
        }
    }
}
