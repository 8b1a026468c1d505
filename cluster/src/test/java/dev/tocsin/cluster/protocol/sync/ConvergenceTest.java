package dev.tocsin.cluster.protocol.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogExchange;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.store.AlertExchange;
import dev.tocsin.core.store.silence.SilenceExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the network, the clocks and the processes: nodes that reach each other again have the same. */
class ConvergenceTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final String[] ALERTS = {"U", "V", "W", "X", "Y", "Z"};

    private final VirtualTime time = new VirtualTime();
    private final Map<String, SyncNode> nodes = new TreeMap<>();
    private long counter;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nodesThatReachEachOtherAgainHaveTheSame(int seed) {
        Random random = new Random(seed);
        MemoryNetwork network = new MemoryNetwork(time, random);
        boolean wrongClocks = random.nextBoolean();
        for (String name : NAMES) {
            Duration skew = Duration.ofSeconds(wrongClocks ? random.nextInt(61) - 30 : 0);
            nodes.put(name, new SyncNode(time, network, name, skew).start());
        }
        time.advance(Duration.ofSeconds(4));
        for (int i = 0; i < 300; i++) {
            happen(random, network);
            time.advance(Duration.ofMillis(random.nextInt(2000)));
        }
        network.heal();
        network.lose(0);
        time.advance(Duration.ofSeconds(100));

        assertThat(nodes.values()).allMatch(node -> node.members.warm());
        assertThat(verdicts()).hasSize(1);
        // What ends while nobody posts differs until it is compared.
        for (int i = 0; i < 120 && states().size() > 1; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(verdicts()).hasSize(1);
        }
        assertThat(states()).hasSize(1);
    }

    /** Which alerts fire; one set if all nodes agree. */
    private Set<String> verdicts() {
        Set<String> verdicts = new TreeSet<>();
        for (SyncNode node : nodes.values()) {
            StringBuilder firing = new StringBuilder();
            for (String name : ALERTS) {
                firing.append(node.fires(name) ? name : "-");
            }
            verdicts.add(firing.toString());
        }
        return verdicts;
    }

    private Set<List<Integer>> states() {
        Set<List<Integer>> states = new HashSet<>();
        for (SyncNode node : nodes.values()) {
            states.add(List.of(
                    Arrays.hashCode(
                            new AlertExchange(node.alerts, node.clock).digest().sums()),
                    Arrays.hashCode(new SilenceExchange(node.silences).digest().sums()),
                    Arrays.hashCode(
                            new LogExchange(node.log, node.clock).digest().sums())));
        }
        return states;
    }

    private void happen(Random random, MemoryNetwork network) {
        SyncNode node = Objects.requireNonNull(nodes.get(NAMES.get(random.nextInt(NAMES.size()))));
        switch (random.nextInt(20)) {
            case 0 -> network.isolate(node.name);
            case 1 -> network.cut(node.name, NAMES.get(random.nextInt(NAMES.size())));
            case 2, 3 -> network.heal();
            case 4 -> network.lose(random.nextInt(3) * 0.1);
            case 5 -> {
                node.kill(network);
                time.advance(Duration.ofSeconds(random.nextInt(20)));
                nodes.put(node.name, node.next(network).start());
            }
            case 6, 7 -> edit(random, node);
            case 8, 9 -> node.log.record(entry(random, node));
            default -> post(random, node);
        }
    }

    private void post(Random random, SyncNode node) {
        String name = ALERTS[random.nextInt(ALERTS.length)];
        Alert alert = random.nextInt(3) == 0 ? node.resolved(name) : node.firing(name);
        int source = random.nextInt(5);
        AlertSource poster = new AlertSource("10.0.0." + source, source == 0 ? "amtool/0.34.0" : "Prometheus/3.5.0");
        node.alerts.put(List.of(alert), poster, () -> {});
    }

    private static void edit(Random random, SyncNode node) {
        List<Silence> known = new ArrayList<>(node.silences.list(List.of()));
        if (known.isEmpty() || random.nextBoolean()) {
            node.silences.set(node.draft(ALERTS[random.nextInt(ALERTS.length)]));
            return;
        }
        Silence one = known.get(random.nextInt(known.size()));
        if (random.nextBoolean()) {
            node.silences.expire(one.id());
        } else {
            Silences.Draft draft = node.draft("X");
            node.silences.set(new Silences.Draft(
                    one.id(),
                    draft.matchers(),
                    one.startsAt(),
                    node.clock.now().plusSeconds(random.nextInt(9000)),
                    draft.createdBy(),
                    "edited " + random.nextInt(),
                    Map.of()));
        }
    }

    private LogEntry entry(Random random, SyncNode node) {
        LogKey key = new LogKey("{}:{" + random.nextInt(4) + "}", "team", "webhook", 0);
        counter++;
        return new LogEntry(
                key,
                counter,
                node.log.query(key).known().with(node.replica, counter),
                AlertHashes.of(random.nextInt(4)),
                AlertHashes.EMPTY,
                Map.of(),
                node.clock.now(),
                node.clock.now().plus(Duration.ofHours(8)),
                node.replica,
                false);
    }
}
