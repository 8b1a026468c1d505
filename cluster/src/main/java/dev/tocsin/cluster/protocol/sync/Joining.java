package dev.tocsin.cluster.protocol.sync;

import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Members.Info;
import dev.tocsin.cluster.protocol.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a cold node becomes warm (PROTOCOL section 7): by an exchange with a warm peer; or with all peers it reaches, if all
 * of them are cold and they are a majority; or alone, after some time. On the hub loop only.
 */
final class Joining {
    private static final Logger log = LoggerFactory.getLogger(Joining.class);

    private final ClusterContext context;
    private final Members members;
    private final Exchanges exchanges;
    private final Consumer<String> beforeExchange;
    private final boolean emptyDisk;
    private final Map<String, Boolean> completed = new HashMap<>();
    private boolean cold = true;
    private boolean firstTime = true;
    private long coldSinceNanos;

    /**
     * Nothing is known yet.
     *
     * @param beforeExchange runs before this node compares itself with a warm peer for the first time
     * @param emptyDisk whether this node has never run before
     */
    Joining(
            ClusterContext context,
            Members members,
            Exchanges exchanges,
            Consumer<String> beforeExchange,
            boolean emptyDisk) {
        this.context = context;
        this.members = members;
        this.exchanges = exchanges;
        this.beforeExchange = beforeExchange;
        this.emptyDisk = emptyDisk;
        this.coldSinceNanos = context.clock().nanoTime();
    }

    /** An exchange that this node began has ended well. */
    void completed(String peer, boolean peerWasWarm) {
        if (cold) {
            completed.merge(peer, peerWasWarm, Boolean::logicalOr);
        }
        step(completed.keySet());
    }

    /** Does what can be done now. To be called when something has changed and every now and then. */
    void step() {
        step(Set.of());
    }

    /** @param asked cold peers that are not asked again at once: they would be, without end, as fast as they answer */
    private void step(Set<String> asked) {
        if (members.warm()) {
            cold = false;
            firstTime = false;
            return;
        }
        if (!cold || members.clockIsWrong()) {
            cold = true;
            coldSinceNanos = context.clock().nanoTime();
            completed.clear();
        }
        if (members.clockIsWrong()) {
            return;
        }
        if (!context.has(Rule.COLD) || isAlone() || completed.containsValue(true)) {
            becomeWarm(Set.of());
            return;
        }
        List<String> peers = new ArrayList<>(members.live());
        peers.remove(members.self());
        List<String> warmPeers = peers.stream().filter(this::isWarm).sorted().toList();
        if (!warmPeers.isEmpty()) {
            joinOne(warmPeers);
        } else {
            peers.stream().filter(peer -> !asked.contains(peer)).forEach(exchanges::begin);
            if (completed.keySet().containsAll(peers) && isMajority() && nobodyElseMayCome()) {
                becomeWarm(unasked());
                return;
            }
        }
        if (elapsed().compareTo(patience()) >= 0) {
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("waited", elapsed().toSeconds() + "s")
                    .log("No warm peer answers; going on with what this node knows");
            becomeWarm(unasked());
        }
    }

    private boolean isWarm(String peer) {
        Info info = members.info(peer);
        return info != null && info.warm();
    }

    private void joinOne(List<String> warmPeers) {
        if (exchanges.isFetching()) {
            return;
        }
        List<String> unasked =
                warmPeers.stream().filter(peer -> !exchanges.isRunning(peer)).toList();
        if (unasked.isEmpty()) {
            return;
        }
        String chosen = unasked.get(context.random().nextInt(unasked.size()));
        beforeExchange.accept(chosen);
        exchanges.begin(chosen);
    }

    /** Whether there is nobody to ask, now or later. */
    private boolean isAlone() {
        return members.known().size() == 1 && context.transport().peers().isEmpty();
    }

    private boolean isMajority() {
        return members.live().size() * 2 > members.known().size();
    }

    /** A peer that is neither here nor certainly gone may be about to come, and be warm. */
    private boolean nobodyElseMayCome() {
        if (elapsed().compareTo(context.timings().suspect()) >= 0) {
            return true;
        }
        for (String peer : members.known()) {
            if (!members.live().contains(peer) && !members.deadNow(peer)) {
                return false;
            }
        }
        return true;
    }

    private Duration elapsed() {
        return Duration.ofNanos(context.clock().nanoTime() - coldSinceNanos);
    }

    private Duration patience() {
        return emptyDisk && firstTime
                ? context.timings().joinEmpty()
                : context.timings().join();
    }

    /** Who may have notified while this node was away, and has not told. */
    private Set<String> unasked() {
        Set<String> unasked = new TreeSet<>(members.known());
        unasked.removeAll(completed.keySet());
        unasked.remove(members.self());
        return unasked;
    }

    private void becomeWarm(Set<String> unasked) {
        cold = false;
        firstTime = false;
        List<String> others = new ArrayList<>(members.live());
        others.remove(members.self());
        others.removeAll(completed.keySet());
        completed.clear();
        members.becomeWarm(unasked);
        // what this node was told while it was cold, or reached nobody, they may lack
        others.forEach(exchanges::begin);
    }
}
