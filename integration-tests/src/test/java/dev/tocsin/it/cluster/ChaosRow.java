package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink;
import dev.tocsin.it.support.Sink.Received;
import dev.tocsin.it.support.Sockets;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What the rows of the table share: a cluster of three, a receiver, a pair of senders. One thread. */
final class ChaosRow implements AutoCloseable {
    private final Flavor flavor = Flavor.chosen();
    private final Random random = new Random(4711);
    private final Sink sink;
    private final HubCluster cluster;
    private PrometheusPair senders;

    /** Starts everything; batches go to all nodes. */
    ChaosRow(Path folder, String groupWait, String groupInterval, String... flags) {
        this(new Place.Loopback(), folder, groupWait, groupInterval, -1, flags);
    }

    /** @param isolated the number of a node that does not reach the receiver */
    ChaosRow(Place place, Path folder, String groupWait, String groupInterval, int isolated, String... flags) {
        this.sink = new Sink(new InetSocketAddress(0).getAddress());
        String config = """
                route:
                  receiver: pager
                  group_by: [alertname, instance]
                  group_wait: %s
                  group_interval: %s
                  repeat_interval: 4h
                receivers:
                  - name: pager
                    webhook_configs:
                      - url_file: url
                """.formatted(groupWait, groupInterval);
        this.cluster = new HubCluster(
                flavor,
                place,
                folder,
                config,
                3,
                node -> Map.of(
                        "url",
                        "http://" + place.receiverHost(node) + ":" + (node == isolated ? 1 : sink.port()) + "/pager"),
                withDefaults(flags));
        try {
            Duration ready = cluster.startAll();
            System.out.printf("%s: three nodes ready after %d ms%n", flavor, ready.toMillis());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        this.senders = new PrometheusPair(cluster::addresses);
    }

    private String[] withDefaults(String[] flags) {
        String[] all = List.of(flags).toArray(new String[flags.length + (flavor == Flavor.ALERTMANAGER ? 2 : 1)]);
        all[flags.length] = "--cluster.peer-timeout=2s";
        if (flavor == Flavor.ALERTMANAGER) {
            all[flags.length + 1] = "--cluster.settle-timeout=5s";
        }
        return all;
    }

    /** From now on each batch goes to one random live node, as behind a load balancer. */
    void behindBalancer() {
        senders.close();
        Supplier<List<Api>> one = () -> {
            List<Integer> live = cluster.live();
            synchronized (random) {
                return live.isEmpty() ? List.of() : List.of(cluster.api(live.get(random.nextInt(live.size()))));
            }
        };
        senders = new PrometheusPair(one);
    }

    HubCluster cluster() {
        return cluster;
    }

    Sink sink() {
        return sink;
    }

    PrometheusPair senders() {
        return senders;
    }

    /** Fires {@code count} groups, gives them {@code wait}, resolves them, gives them {@code wait} again. */
    void fireAndResolve(int count, Duration wait) {
        senders.fire("g", 0, count);
        Pause.millis(wait.toMillis());
        senders.resolve("g", 0, count);
        Pause.millis(wait.toMillis());
    }

    /** Waits until every group was told {@code states}, or for {@code patience}, then a moment for what is too much. */
    void settle(int count, Duration patience, String... states) {
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)
                && Score.of(sink.received(), "g", count, states).missing() > 0) {
            Pause.millis(200);
        }
        Pause.millis(7000);
    }

    /** Prints the score of groups {@code g0 …} and asserts what always has to hold. */
    Score score(String what, int count, String... states) {
        Score score = Score.of(sink.received(), "g", count, states);
        System.out.print(flavor + " " + score.line(what));
        if (flavor == Flavor.TOCSIN && score.duplicates() > 0) {
            tellWhy();
        }
        if (flavor == Flavor.TOCSIN) {
            assertThat(score.missing()).as("missing").isZero();
            assertThat(score.disordered()).as("groups whose last word is wrong").isZero();
            assertThat(score.unmarked()).as("duplicates that are not marked").isZero();
        }
        return score;
    }

    private void tellWhy() {
        for (int node : cluster.live()) {
            String errors = cluster.node(node).process().errors();
            errors.lines()
                    .filter(line -> line.contains("may repeat") || line.contains("component=cluster"))
                    .limit(40)
                    .forEach(line -> System.out.println("  n" + node + " " + line));
        }
    }

    /** As {@link #score}, and nothing may be told twice. */
    void scoreExact(String what, int count, String... states) {
        Score score = score(what, count, states);
        if (flavor == Flavor.TOCSIN) {
            assertThat(score.duplicates()).as("duplicates").isZero();
        }
    }

    /** The number of the node that sent {@code request}, whose connection must still be open; -1 if none has it. */
    int sender(Received request) {
        for (int node : cluster.live()) {
            if (Sockets.holds(cluster.node(node).process(), request.port())) {
                return node;
            }
        }
        return -1;
    }

    boolean isTocsin() {
        return flavor == Flavor.TOCSIN;
    }

    @Override
    public void close() {
        if (senders != null) {
            senders.close();
        }
        cluster.close();
        sink.close();
    }
}
