package dev.tocsin.cluster.protocol;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The lower half of a node for tests: members and courier on a {@link MemoryNetwork}. */
public class MemberNode {
    public final VirtualTime time;
    public final MemoryStorage storage;
    public final Transport transport;
    public final ClusterContext context;
    public final MemberTable members;
    public final OutboxCourier courier;
    public final List<JournalEvent> journal = new ArrayList<>();
    public final List<String> events = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private boolean dead;

    /** Not started. */
    public MemberNode(
            VirtualTime time,
            MemoryNetwork network,
            String name,
            long replica,
            int incarnation,
            MemoryStorage storage,
            Set<Rule> suspended) {
        this(time, time, network, name, replica, incarnation, storage, suspended);
    }

    /** With a clock of its own. Not started. */
    MemberNode(
            VirtualTime time,
            Clock clock,
            MemoryNetwork network,
            String name,
            long replica,
            int incarnation,
            MemoryStorage storage,
            Set<Rule> suspended) {
        this.time = time;
        this.storage = storage;
        this.transport = network.join(name);
        Metrics metrics = new Metrics(new MetricRegistry());
        this.context = new ClusterContext(
                name,
                replica,
                incarnation,
                clock,
                time,
                transport,
                new Random(replica),
                metrics,
                new Recording(),
                new UnreadableMessages(metrics, clock),
                Timings.DEFAULTS,
                suspended);
        try {
            this.members = new MemberTable(context, storage, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.courier = new OutboxCourier(context, members, peer -> events.add("overflow " + peer));
        parts.add(members);
        parts.add(courier);
        members.listen(new Members.Listener() {
            @Override
            public void changed() {}

            @Override
            public void reconnected(String peer) {
                events.add("reconnected " + peer);
            }

            @Override
            public void restarted(String peer, int next) {
                events.add("restarted " + peer + " " + next);
            }
        });
    }

    /** Adds a part, after those that are there. */
    public void add(Part part) {
        parts.add(part);
    }

    /** Joins the network, warm. */
    public void start() {
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
                if (dead) {
                    return;
                }
                for (Part part : parts) {
                    if (part.take(peer, message)) {
                        courier.taken(peer, message);
                        return;
                    }
                }
            }
        });
        members.start();
        members.becomeWarm();
    }

    /** The process dies. */
    public void kill(MemoryNetwork network) {
        dead = true;
        members.stop();
        courier.stop();
        network.kill(context.node());
    }

    private final class Recording implements Journal {
        @Override
        public void append(JournalEvent event) {
            journal.add(event);
        }
    }
}
