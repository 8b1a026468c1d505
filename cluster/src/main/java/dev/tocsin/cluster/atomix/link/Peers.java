package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one outgoing connection to each peer by itself, and decides who may come in. On the hub loop only.
 */
final class Peers implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    private final Sockets sockets;
    private final Greeting greeting;
    private final Identity self;
    private final LinkOptions linkOptions;
    private final PeerOptions options;
    private final Redial redial;
    private final LinkMetrics metrics;
    private final PeerListener listener;
    private final Clock clock;
    private final Scheduler loop;
    private final Complaints complaints;
    private final Dials dials = new Dials();
    private final Roster roster;
    private boolean closing;

    Peers(
            Sockets sockets,
            Greeting greeting,
            LinkOptions linkOptions,
            PeerOptions options,
            LinkMetrics metrics,
            PeerListener listener,
            Clock clock,
            Scheduler loop,
            RandomGenerator random) {
        this.sockets = sockets;
        this.greeting = greeting;
        this.self = greeting.self();
        this.linkOptions = linkOptions;
        this.options = options;
        this.redial = new Redial(options.reconnectInterval(), random);
        this.metrics = metrics;
        this.listener = listener;
        this.clock = clock;
        this.loop = loop;
        this.complaints = new Complaints(clock, LOG);
        this.roster = new Roster(self, linkOptions.peers(), metrics, listener, clock, complaints);
    }

    /** Who they are, and the connections to them. */
    Roster roster() {
        return roster;
    }

    /** The addresses that are dialed, in the order in which they came up. */
    List<Dial> dials() {
        return dials.all();
    }

    /** Exactly these addresses are configured now. */
    void seeds(Set<InetSocketAddress> addresses) {
        for (InetSocketAddress address : addresses) {
            Dial dial = dials.at(address);
            if (dial == null && dials.size() < 2 * linkOptions.peers()) {
                dial = dial(address);
            }
            if (dial != null) {
                dial.seed = true;
            }
        }
        for (Dial dial : dials.all()) {
            if (dial.seed && !addresses.contains(dial.address)) {
                dial.seed = false;
                if (dial.name == null && dial.link == null) {
                    drop(dial);
                }
            }
        }
    }

    /** Others say, or the peer itself, that {@code name} is at {@code address}. */
    void found(String name, String address) {
        InetSocketAddress socket = HostAndPort.reachable(address);
        if (closing || socket == null || name.equals(self.name()) || roster.departed(name)) {
            return;
        }
        if (roster.room(name, address) != null) {
            return;
        }
        roster.heardOf(name, address);
        Dial dial = dials.at(socket);
        if (dial == null) {
            dial = dial(socket);
        }
        if (dial.name == null && !dial.self) {
            dial.name = name;
        }
        hurry(dial);
    }

    /** Others say that {@code name} was at {@code address}, where somebody is configured who has told no name yet. */
    void lost(String name, String address) {
        InetSocketAddress socket = HostAndPort.reachable(address);
        Dial dial = dials.at(socket);
        if (dial == null || !dial.seed || dial.name != null || dial.self || dial.left) {
            return;
        }
        if (!closing && !name.equals(self.name()) && !roster.departed(name)) {
            if (roster.room(name, address) == null) {
                roster.heardOf(name, address);
                dial.name = name;
            }
        }
    }

    private Dial dial(InetSocketAddress address) {
        Dial dial = new Dial(address, clock.nanoTime());
        dials.add(dial);
        attempt(dial);
        return dial;
    }

    /** Does not wait for the next attempt. */
    private void hurry(Dial dial) {
        dial.timer.cancel();
        attempt(dial);
    }

    private void attempt(Dial dial) {
        if (closing || dial.self || dial.connecting || dial.link != null || !dials.contains(dial)) {
            return;
        }
        if (roster.reached(dial.name)) {
            return; // reached at another address; tried again when that connection is lost
        }
        dial.connecting = true;
        sockets.dial(dial.address, greeting, outcome -> dialed(dial, outcome));
    }

    private void dialed(Dial dial, Dialed outcome) {
        dial.connecting = false;
        switch (outcome) {
            case Dialed.Connected(Link link) -> connected(dial, link);
            case Dialed.NobodyListens() -> {
                if (!reachedOtherwise(dial)) {
                    listener.refused(nameOf(dial));
                }
                again(dial, true);
            }
            case Dialed.Failed(Refusal reason, String detail) -> failed(dial, reason, detail);
        }
    }

    private void failed(Dial dial, Refusal reason, String detail) {
        if (reason == Refusal.SELF) {
            dial.self = true;
            return;
        }
        if (!reachedOtherwise(dial)) {
            listener.unanswered(nameOf(dial));
        }
        complain(dial, reason, detail);
        again(dial, false);
    }

    private boolean reachedOtherwise(Dial dial) {
        return closing || dial.left || roster.reached(dial.name);
    }

    private static String nameOf(Dial dial) {
        return dial.name == null ? dial.text() : dial.name;
    }

    /** Silence is no surprise while a host is down, but everything that somebody must repair is. */
    private void complain(Dial dial, Refusal reason, String detail) {
        switch (reason) {
            case VERSION, LABEL, NAME, TLS, FOREIGN, FULL -> {
                if (dial.complaint != reason) {
                    dial.complaint = reason;
                    complaints.say(reason, dial.text(), detail);
                }
            }
            case SELF, CLOSING, TIMEOUT, CLOSED ->
                LOG.atDebug()
                        .addKeyValue("component", "cluster")
                        .addKeyValue("remote", dial.text())
                        .addKeyValue("reason", reason.label())
                        .addKeyValue("err", detail)
                        .log("Connecting failed");
        }
    }

    private void again(Dial dial, boolean refused) {
        if (closing) {
            return;
        }
        Peer peer = roster.peer(dial.name);
        if (peer != null && peer.met) {
            metrics.reconnectFailed.increment();
        }
        dial.failures++;
        long down = clock.nanoTime() - dial.downSinceNanos;
        if (!dial.seed && down > options.reconnectTimeout().toNanos()) {
            drop(dial);
            return;
        }
        dial.timer = loop.schedule(redial.delay(dial.failures, refused, down), () -> attempt(dial));
    }

    private void connected(Dial dial, Link link) {
        Identity identity = link.peer();
        Refusal refusal = closing ? Refusal.CLOSING : roster.conflict(identity);
        Link current = roster.link(identity.name());
        if (refusal == null && current != null && current.peer().run() == identity.run()) {
            dial.name = identity.name(); // another address of the same peer
            link.close();
            return;
        }
        if (refusal != null) {
            link.close();
            if (refusal == Refusal.SELF) {
                dial.self = true;
            } else {
                complain(dial, refusal, "the name is " + identity.name());
                again(dial, false);
            }
            return;
        }
        String before = dial.name;
        dial.name = identity.name();
        dial.link = link;
        dial.left = false;
        dial.failures = 0;
        dial.complaint = null;
        if (before != null && !before.equals(identity.name())) {
            replaced(before);
        }
        Peer peer = roster.meet(identity);
        for (Dial other : dials.all()) {
            if (other != dial && other.link == current) {
                other.link = null;
            }
        }
        forgetFormerAddresses(peer, dial);
        LOG.atInfo()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer.name)
                .addKeyValue("address", peer.address)
                .log("Connected to peer");
        roster.connected(peer, link);
    }

    /** Another node answers where {@code name} was: that one is gone. */
    private void replaced(String name) {
        Peer peer = roster.peer(name);
        if (peer != null && !peer.linked()) {
            listener.refused(name);
            roster.forget(peer);
        }
    }

    private void forgetFormerAddresses(Peer peer, Dial current) {
        for (Dial dial : dials.of(peer.name)) {
            if (dial != current && !dial.seed && dial.link == null) {
                drop(dial);
            }
        }
    }

    @Override
    public @Nullable Refusal admit(Link link) {
        Identity identity = link.peer();
        Refusal refusal = closing ? Refusal.CLOSING : roster.conflict(identity);
        if (refusal == null) {
            refusal = roster.room(identity.name(), identity.address());
        }
        if (refusal == null) {
            roster.meet(identity).in.add(link);
            for (Dial dial : dials.of(identity.name())) {
                dial.left = false;
            }
            found(identity.name(), identity.address());
        } else if (refusal == Refusal.NAME) {
            complaints.say(refusal, identity.address(), "the name is " + identity.name());
        }
        return refusal;
    }

    @Override
    public void turnedAway(String remote, Refusal reason, String detail) {
        switch (reason) {
            case VERSION, LABEL, TLS, FOREIGN, TIMEOUT -> complaints.say(reason, remote, detail);
            case NAME, SELF, CLOSING, FULL, CLOSED -> {
                // said when it was decided, or nothing to repair
            }
        }
    }

    /** A peer sent something that cannot be read. */
    void unreadable(String peer, String problem) {
        complaints.unreadable(peer, problem);
    }

    /** A connection has ended. */
    void closed(Link link) {
        Peer peer = roster.peer(link.peer().name());
        if (peer == null || !roster.closed(peer, link) || closing) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer.name)
                .addKeyValue("address", peer.address)
                .log("Lost the connection to peer");
        listener.disconnected(peer.name);
        for (Dial dial : dials.of(peer.name)) {
            dial.link = null;
            dial.downSinceNanos = clock.nanoTime();
            attempt(dial);
        }
    }

    /** The peer says that it leaves: nobody need look for it. */
    void goodbye(Link link) {
        Peer peer = roster.peer(link.peer().name());
        if (peer == null || peer.run != link.peer().run()) {
            return;
        }
        roster.departs(peer.name);
        for (Dial dial : dials.of(peer.name)) {
            dial.left = true;
            dial.name = null;
            if (!dial.seed) {
                drop(dial);
            } else {
                dial.link = null;
                dial.downSinceNanos = clock.nanoTime();
                dial.failures = 1;
                dial.timer = loop.schedule(redial.delay(2, false, 0), () -> attempt(dial));
            }
        }
        Link out = peer.out;
        if (out != null) {
            roster.closed(peer, out);
            out.close();
            listener.disconnected(peer.name);
        }
        roster.forget(peer);
    }

    private void drop(Dial dial) {
        dials.remove(dial);
        Peer peer = roster.peer(dial.name);
        if (peer != null && !peer.linked() && dials.of(peer.name).isEmpty()) {
            roster.forget(peer);
        }
    }

    /** Nothing is dialed and told any more. */
    void close(boolean goodbye) {
        closing = true;
        dials.stop();
        for (Link link : goodbye ? roster.links() : List.<Link>of()) {
            link.send(FrameKind.GOODBYE, 0, new byte[0]);
            link.closeAfterWriting();
        }
    }
}
