package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The peers by name, and on which connection each is sent to. Written on the hub loop only; any thread may ask
 * {@link #link} and {@link #links}.
 *
 * <p>A name belongs to one run of one process at a time. It passes to another run only if the former was not heard for a
 * while: what then looks like two nodes with one name is a restart elsewhere.
 */
final class Roster {
    private static final long ALIVE_NANOS = Duration.ofMillis(1500).toNanos();
    private static final long DEPARTED_NANOS = Duration.ofSeconds(30).toNanos();

    private final Identity self;
    private final int limit;
    private final LinkMetrics metrics;
    private final PeerListener listener;
    private final Clock clock;
    private final Complaints complaints;
    private final Map<String, Peer> peers = new HashMap<>();
    private final Map<String, Link> outgoing = new ConcurrentHashMap<>();
    private final Map<String, Long> departed = new HashMap<>();

    /** @param limit how many peers there may be */
    Roster(Identity self, int limit, LinkMetrics metrics, PeerListener listener, Clock clock, Complaints complaints) {
        this.self = self;
        this.limit = limit;
        this.metrics = metrics;
        this.listener = listener;
        this.clock = clock;
        this.complaints = complaints;
    }

    /** The connection to a peer, or null. */
    @Nullable Link link(String name) {
        return outgoing.get(name);
    }

    /** All outgoing connections. */
    List<Link> links() {
        return List.copyOf(outgoing.values());
    }

    List<Peer> all() {
        return List.copyOf(peers.values());
    }

    @Nullable Peer peer(@Nullable String name) {
        return name == null ? null : peers.get(name);
    }

    /** Whether a peer can be sent to. */
    boolean reached(@Nullable String name) {
        return name != null && outgoing.containsKey(name);
    }

    /** Why a peer that is not known yet cannot become one; or null. */
    @Nullable Refusal room(String name, String address) {
        if (peers.containsKey(name) || peers.size() < limit) {
            return null;
        }
        complaints.say(Refusal.FULL, address, "at most " + limit + " peers");
        return Refusal.FULL;
    }

    /** Why this process cannot be a peer now: it is this one, or its name is another's; or null. */
    @Nullable Refusal conflict(Identity identity) {
        if (identity.run() == self.run()) {
            return Refusal.SELF;
        }
        Peer peer = peers.get(identity.name());
        boolean taken = identity.name().equals(self.name())
                || (peer != null
                        && peer.run != 0
                        && peer.run != identity.run()
                        && peer.heardWithin(ALIVE_NANOS, clock.nanoTime()));
        if (taken) {
            metrics.nameConflicts.increment();
            return Refusal.NAME;
        }
        return null;
    }

    /** Others tell of a peer; what it says itself counts more as long as it is connected. */
    void heardOf(String name, String address) {
        Peer peer = peers.get(name);
        if (peer == null) {
            add(name, address);
        } else if (!peer.address.equals(address) && !peer.linked()) {
            moved(peer, address);
        }
    }

    /** A peer said goodbye: what others still tell of it is old. */
    void departs(String name) {
        long now = clock.nanoTime();
        departed.values().removeIf(since -> now - since > DEPARTED_NANOS);
        departed.put(name, now);
    }

    /** Whether a peer said goodbye not long ago, and was not met since. */
    boolean departed(String name) {
        Long since = departed.get(name);
        return since != null && clock.nanoTime() - since <= DEPARTED_NANOS;
    }

    /** A peer proved who it is. Connections of an earlier run of it are closed. */
    Peer meet(Identity identity) {
        departed.remove(identity.name());
        Peer peer = peers.get(identity.name());
        if (peer == null) {
            peer = add(identity.name(), identity.address());
        } else if (!peer.address.equals(identity.address()) || (peer.run != 0 && peer.run != identity.run())) {
            moved(peer, identity.address());
        }
        if (peer.run != identity.run()) {
            peer.run = identity.run();
            if (peer.out != null) {
                peer.out.close();
            }
            peer.in.forEach(Link::close);
        }
        return peer;
    }

    private Peer add(String name, String address) {
        Peer peer = new Peer(name, address);
        peers.put(name, peer);
        metrics.joined.increment();
        return peer;
    }

    private void moved(Peer peer, String address) {
        peer.address = address;
        metrics.updated.increment();
    }

    /** The peer is sent to on {@code link} from now on. */
    void connected(Peer peer, Link link) {
        peer.out = link;
        outgoing.put(peer.name, link);
        if (peer.met) {
            metrics.reconnected.increment();
        }
        peer.met = true;
        listener.connected(peer.name);
    }

    /**
     * A connection of the peer has ended.
     *
     * @return whether it was the one on which it was sent to
     */
    boolean closed(Peer peer, Link link) {
        peer.in.remove(link);
        if (peer.out != link) {
            return false;
        }
        peer.out = null;
        outgoing.remove(peer.name, link);
        metrics.left.increment();
        return true;
    }

    /** Nobody looks for the peer any more. */
    void forget(Peer peer) {
        peers.remove(peer.name);
        metrics.forget(peer.name);
        listener.forgotten(peer.name);
    }
}
