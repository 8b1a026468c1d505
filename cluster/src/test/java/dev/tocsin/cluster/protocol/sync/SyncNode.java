package dev.tocsin.cluster.protocol.sync;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.MemberTable;
import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.cluster.protocol.OutboxCourier;
import dev.tocsin.cluster.protocol.Part;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.cluster.protocol.Schedule;
import dev.tocsin.cluster.protocol.Timings;
import dev.tocsin.cluster.protocol.Transport;
import dev.tocsin.cluster.protocol.UnreadableMessages;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.AlertStoreOptions;
import dev.tocsin.core.store.silence.SilenceOptions;
import dev.tocsin.core.store.silence.SilenceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node without groups: members, stores and what keeps them alike, on virtual time. */
final class SyncNode implements Schedule {
    static final AlertSource PROMETHEUS = new AlertSource("10.0.0.1", "Prometheus/3.5.0");

    final VirtualTime time;
    final Clock clock;
    final String name;
    final int incarnation;
    final long replica;
    final Duration skew;
    final MemoryStorage storage;
    final Metrics metrics = new Metrics(new MetricRegistry());
    final MemberTable members;
    final AlertStore alerts;
    final SilenceStore silences;
    final NotificationLog log;
    final Sync sync;
    final List<TickDone> ticks = new ArrayList<>();
    final List<TickDone> learned = new ArrayList<>();
    private final Transport transport;
    private final OutboxCourier courier;
    private boolean dead;
    private @Nullable MemoryStorage survivor;

    SyncNode(VirtualTime time, MemoryNetwork network, String name, Duration skew) {
        this(time, network, name, skew, name.hashCode(), 1, new MemoryStorage(time), Set.of());
    }

    SyncNode(
            VirtualTime time,
            MemoryNetwork network,
            String name,
            Duration skew,
            long replica,
            int incarnation,
            MemoryStorage storage,
            Set<Rule> suspended) {
        this.time = time;
        this.name = name;
        this.skew = skew;
        this.replica = replica;
        this.incarnation = incarnation;
        this.storage = storage;
        this.clock = new Skewed(time, skew);
        this.transport = network.join(name);
        MemoryJournal journal = new MemoryJournal(name, clock, metrics, 1000, 1_000_000);
        ClusterContext context = new ClusterContext(
                name,
                replica,
                incarnation,
                clock,
                time,
                transport,
                new Random(replica),
                metrics,
                journal,
                new UnreadableMessages(metrics, clock),
                Timings.DEFAULTS,
                suspended);
        try {
            members = new MemberTable(context, storage, time);
            alerts = new AlertStore(AlertStoreOptions.DEFAULTS, clock, time, storage, metrics);
            alerts.load();
            silences = new SilenceStore(
                    SilenceOptions.DEFAULTS,
                    clock,
                    time,
                    time,
                    new Random(replica + incarnation),
                    storage,
                    metrics,
                    journal);
            silences.load();
            log = new NotificationLog(storage, clock, new LogMetrics(metrics));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        courier = new OutboxCourier(context, members, peer -> compare(peer));
        sync = new Sync(
                context,
                members,
                courier,
                alerts,
                silences,
                log,
                this,
                new SyncOptions(AlertStoreOptions.DEFAULTS.gcInterval(), SilenceOptions.DEFAULTS.retention()));
    }

    private void compare(String peer) {
        sync.compare(peer);
    }

    /** A wall clock that is wrong. */
    private record Skewed(VirtualTime time, Duration by) implements Clock {
        @Override
        public Instant now() {
            return time.now().plus(by);
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }
    }

    SyncNode start() {
        alerts.start();
        silences.start();
        List<Part> parts = List.of(members, courier, sync);
        transport.start(new Transport.Listener() {
            @Override
            public void connected(String peer) {
                members.connected(peer);
            }

            @Override
            public void disconnected(String peer) {
                members.disconnected(peer);
            }

            @Override
            public void refused(String peer) {
                members.refused(peer);
            }

            @Override
            public void received(String peer, Envelope message) {
                for (Part part : parts) {
                    if (!dead && part.take(peer, message)) {
                        courier.taken(peer, message);
                        return;
                    }
                }
            }
        });
        members.start();
        sync.start();
        return this;
    }

    void kill(MemoryNetwork network) {
        dead = true;
        members.stop();
        courier.stop();
        sync.stop();
        network.kill(name);
        survivor = storage.kill();
    }

    /** The next process on the same disk. */
    SyncNode next(MemoryNetwork network) {
        return new SyncNode(
                time, network, name, skew, replica, incarnation + 1, Objects.requireNonNull(survivor), Set.of());
    }

    /** Posts, and tells whether it was answered by {@code within}. */
    boolean post(Duration within, Alert... batch) {
        boolean[] answered = new boolean[1];
        alerts.put(List.of(batch), PROMETHEUS, () -> answered[0] = true);
        time.advance(within);
        return answered[0];
    }

    Alert alert(String alertName, Instant endsAt) {
        return new Alert(
                LabelSet.of(Alert.ALERT_NAME, alertName),
                LabelSet.EMPTY,
                Instant.parse("2026-01-02T03:00:00Z"),
                ZoneOffset.UTC,
                endsAt,
                ZoneOffset.UTC,
                clock.now(),
                "http://prometheus:9090/graph",
                false);
    }

    Alert firing(String alertName) {
        return alert(alertName, clock.now().plus(Duration.ofMinutes(4)));
    }

    Alert resolved(String alertName) {
        return alert(alertName, clock.now());
    }

    boolean fires(String alertName) {
        Alert stored = alerts.find(LabelSet.of(Alert.ALERT_NAME, alertName).fingerprint());
        return stored != null && !stored.resolvedAt(clock.now());
    }

    Silences.Draft draft(String alertName) {
        Instant now = clock.now();
        return new Silences.Draft(
                "",
                List.of(new Silences.MatcherDraft(Alert.ALERT_NAME, alertName, false, true)),
                now,
                now.plus(Duration.ofHours(1)),
                "me",
                "why",
                Map.of());
    }

    double counted(String family, String... labels) {
        return ((CounterFamily) Objects.requireNonNull(metrics.families().get(family)))
                .labels(labels)
                .value();
    }

    @Override
    public Iterator<TickDone> entries() {
        return ticks.iterator();
    }

    @Override
    public void learn(String peer, List<TickDone> entries) {
        learned.addAll(entries);
    }
}
