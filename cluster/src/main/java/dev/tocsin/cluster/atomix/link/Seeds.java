package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured peers. Their names are looked up again and again, because hosts come and go behind a name; the last
 * good answer stays while a lookup fails. On the hub loop only.
 */
final class Seeds {
    private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);

    private final List<Seed> seeds = new ArrayList<>();
    private final Lookup lookup;
    private final PeerOptions options;
    private final LinkMetrics metrics;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private Consumer<Set<InetSocketAddress>> addresses = ignored -> {};
    private Cancellable timer = Cancellable.NONE;
    private boolean closed;

    /** One {@code --cluster.peer}. */
    private static final class Seed {
        private final String text;
        private Set<InetSocketAddress> addresses = Set.of();
        private @Nullable String problem;
        private boolean asking;
        private boolean slow;
        private long askedNanos;

        private Seed(String text) {
            this.text = text;
        }
    }

    Seeds(
            List<String> peers,
            Lookup lookup,
            PeerOptions options,
            LinkMetrics metrics,
            Clock clock,
            Scheduler loop,
            Workers workers) {
        for (String peer : new LinkedHashSet<>(peers)) {
            seeds.add(new Seed(peer));
        }
        this.lookup = lookup;
        this.options = options;
        this.metrics = metrics;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
    }

    boolean none() {
        return seeds.isEmpty();
    }

    /** Begins to look up; {@code addresses} hears all addresses whenever they may have changed. */
    void start(Consumer<Set<InetSocketAddress>> addresses) {
        this.addresses = addresses;
        askAll();
    }

    private void askAll() {
        if (closed || seeds.isEmpty()) {
            return;
        }
        for (Seed seed : seeds) {
            if (!seed.asking) {
                ask(seed);
            } else if (!seed.slow
                    && clock.nanoTime() - seed.askedNanos
                            > options.resolveTimeout().toNanos()) {
                seed.slow = true;
                report(seed, "no answer within " + options.resolveTimeout().toSeconds() + " s");
            }
        }
        timer = loop.schedule(options.resolveInterval(), this::askAll);
    }

    private void ask(Seed seed) {
        seed.asking = true;
        seed.slow = false;
        seed.askedNanos = clock.nanoTime();
        workers.submit(() -> lookup.resolve(seed.text), (found, error) -> answered(seed, found, error));
    }

    private void answered(Seed seed, @Nullable Set<InetSocketAddress> found, @Nullable Exception error) {
        seed.asking = false;
        if (closed) {
            return;
        }
        if (found == null || found.isEmpty()) {
            metrics.lookupsFailed.increment();
            report(seed, error == null ? "no addresses" : String.valueOf(error.getMessage()));
            return;
        }
        seed.problem = null;
        if (!found.equals(seed.addresses)) {
            seed.addresses = Set.copyOf(found);
            metrics.lookups.add(found.size());
            Set<InetSocketAddress> all = new LinkedHashSet<>();
            seeds.forEach(each -> all.addAll(each.addresses));
            addresses.accept(all);
        }
    }

    /** Once until it can be resolved: the words for the same problem change with what the JDK has cached. */
    private static void report(Seed seed, String problem) {
        if (seed.problem == null) {
            seed.problem = problem;
            LOG.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("peer", seed.text)
                    .addKeyValue("err", problem)
                    .log("Peer cannot be resolved");
        }
    }

    /**
     * What configured peers are called of which nobody has told a name yet: the flag's value if it cannot be resolved,
     * else the address. Once a peer answered at one of a name's addresses, the name's other addresses count only if they
     * are of the same family: a host that is configured by name is not two peers because it has IPv4 and IPv6.
     */
    List<String> nameless(List<Dial> dials) {
        Map<InetSocketAddress, Dial> byAddress = new HashMap<>();
        dials.forEach(dial -> byAddress.put(dial.address, dial));
        Set<String> names = new LinkedHashSet<>();
        for (Seed seed : seeds) {
            if (seed.addresses.isEmpty()) {
                names.add(seed.text);
                continue;
            }
            boolean four = named(seed, byAddress, false);
            boolean six = named(seed, byAddress, true);
            for (InetSocketAddress address : seed.addresses) {
                Dial dial = byAddress.get(address);
                boolean counts = !(four || six) || (isSix(address) ? six : four);
                if (dial != null && dial.name == null && !dial.self && !dial.left && counts) {
                    names.add(dial.text());
                }
            }
        }
        return List.copyOf(names);
    }

    private static boolean named(Seed seed, Map<InetSocketAddress, Dial> dials, boolean six) {
        for (InetSocketAddress address : seed.addresses) {
            Dial dial = dials.get(address);
            if (dial != null && dial.name != null && isSix(address) == six) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSix(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    void close() {
        closed = true;
        timer.cancel();
    }
}
