package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Pause;
import dev.tocsin.it.support.Sink;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What the rows of the table share: a cluster of three, a receiver, a pair of senders. One thread. */
final class ChaosRow implements AutoCloseable {
    private static final int LINES = 60;

    private final Flavor flavor = Flavor.chosen();
    private final Random random = new Random(4711);
    private final Sink sink;
    private final HubCluster cluster;
    private final Ledger ledger = new Ledger();
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
                        "http://" + place.receiverHost(node) + ":" + (node == isolated ? 1 : sink.port()) + "/n"
                                + node),
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

    /** Waits until a node that was cut off has noticed that it reaches no other one. */
    void awaitAlone(int node) {
        if (isTocsin()) {
            cluster.api(node).awaitMetric("alertmanager_cluster_failed_peers", 2, Duration.ofSeconds(10));
        } else {
            Pause.millis(5000);
        }
    }

    /** Kills the node with SIGKILL and writes down when. */
    void kill(int node) {
        ledger.killed(node);
        cluster.kill(node);
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

    /** Prints the score of groups {@code g0 …} and asserts what always has to hold: no repeat without a death. */
    Score score(String what, int count, String... states) {
        return score(what, 0, count, states);
    }

    /** As {@link #score(String, int, String...)}, but for so many repeats that have another reason. */
    Score score(String what, int unexplained, int count, String... states) {
        Score score = Score.of(sink.received(), "g", count, states);
        System.out.print(flavor + " " + score.line(what));
        List<Ledger.Repeat> repeats = ledger.repeats(sink.received());
        long outside = repeats.stream().filter(repeat -> !repeat.inside()).count();
        if (flavor == Flavor.TOCSIN && !repeats.isEmpty()) {
            System.out.printf(
                    "  repeats of a node that died between claim and replicated outcome %d, others %d%n",
                    repeats.size() - outside, outside);
            tellWhy(repeats);
        }
        if (flavor == Flavor.TOCSIN) {
            assertThat(score.missing()).as("missing").isZero();
            assertThat(score.disordered()).as("groups whose last word is wrong").isZero();
            assertThat(score.unmarked()).as("duplicates that are not marked").isZero();
            assertThat(outside).as("duplicates that no death explains").isLessThanOrEqualTo(unexplained);
        }
        return score;
    }

    private void tellWhy(List<Ledger.Repeat> repeats) {
        repeats.stream()
                .sorted(Comparator.comparing(Ledger.Repeat::inside))
                .limit(LINES)
                .forEach(repeat -> System.out.printf(
                        "  %s %s: %s%n", repeat.inside() ? "inside" : "OUTSIDE", repeat.what(), repeat.story()));
        for (int node = 0; node < cluster.size(); node++) {
            String name = "n" + node;
            cluster.errors(node)
                    .lines()
                    .filter(line -> line.contains("may repeat") || line.contains("component=cluster"))
                    .limit(LINES)
                    .forEach(line -> System.out.println("  " + name + " " + line));
        }
    }

    /** As {@link #score}, and nothing may be told twice. */
    void scoreExact(String what, int count, String... states) {
        Score score = score(what, count, states);
        if (flavor == Flavor.TOCSIN) {
            assertThat(score.duplicates()).as("duplicates").isZero();
        }
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
