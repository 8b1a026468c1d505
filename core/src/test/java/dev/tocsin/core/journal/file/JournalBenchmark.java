package dev.tocsin.core.journal.file;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the journal costs in processor time: the three events of each new alert, the writing of a million events of a day, their size,
 * searches in them, a start. Run it by {@code main}; it prints one line for each.
 */
public final class JournalBenchmark {
    private static final int EVENTS = 1_000_000;
    private static final int ROUNDS = 50;
    private static final int ALERTS = 50_000;
    private static final int ALERT_ROUNDS = 6;
    private static final String[] KEYS = groupKeys();

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(1);
    private final Path folder;
    private FileJournal journal;

    private JournalBenchmark(Path folder) {
        this.folder = folder;
        this.journal = open();
    }

    private FileJournal open() {
        return new FileJournal(
                "a", folder, JournalOptions.DEFAULTS, time, time, Runnable::run, new Metrics(new MetricRegistry()));
    }

    private JournalEvent event(int i) {
        int receiver = (int) Math.abs(random.nextGaussian() * 6);
        int alert = random.nextInt(50_000);
        String name = i % 499 == 0 ? "rare" : "team-" + receiver;
        String key = "{}/{team=\"" + receiver + "\"}:{alertname=\"High" + alert % 500 + "\"}";
        NotificationEvent.Destination to = new NotificationEvent.Destination(key, name, "webhook[0]");
        return switch (i % 5) {
            case 0 ->
                new AlertEvent.Merged(
                        LabelSet.of(
                                "alertname",
                                "High" + alert % 500,
                                "instance",
                                "host-" + alert + ":9100",
                                "job",
                                "node"),
                        AlertEvent.Change.NEW,
                        "10.0.0.1");
            case 1 -> new AlertEvent.Routed(alert, List.of("{}/{team=\"" + receiver + "\"}"), List.of(name));
            case 2 -> new GroupEvent.Grouped(key, name, alert, false);
            case 3 ->
                new NotificationEvent.Deduplicated(
                        to, "already notified and the repeat interval has not elapsed", null);
            default -> new NotificationEvent.Attempted(to, i, 1, Duration.ofMillis(12), Verdict.ACCEPTED, "200");
        };
    }

    private void fill() {
        JournalEvent[] events = new JournalEvent[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            events[i] = event(i);
        }
        Duration step = Duration.ofDays(1).dividedBy(EVENTS / 500);
        long start = cpuNanos();
        for (int i = 0; i < EVENTS; i++) {
            journal.append(events[i]);
            if (i % 500 == 499) {
                time.advance(step);
            }
        }
        time.advance(Duration.ofSeconds(2));
        long nanos = cpuNanos() - start;
        System.out.printf("append and write: %.2f us an event%n", nanos / 1e3 / EVENTS);
    }

    /** What new alerts with ten labels leave, 64 of them posted at a time, 1,280 of them written at a time. */
    private void newAlerts() {
        List<String> routes = List.of("{}/{team=\"payments\"}/0");
        List<String> receivers = List.of("payments-pager");
        for (int round = 0; round < ALERT_ROUNDS; round++) {
            LabelSet[] labels = new LabelSet[ALERTS];
            for (int i = 0; i < ALERTS; i++) {
                labels[i] = podLabels(i, round);
            }
            long appended = 0;
            long written = 0;
            for (int first = 0; first < ALERTS; first += 64) {
                long start = cpuNanos();
                for (int i = first; i < Math.min(first + 64, ALERTS); i++) {
                    long fingerprint = labels[i].fingerprint();
                    journal.append(new AlertEvent.Merged(labels[i], AlertEvent.Change.NEW, "10.0.0.1"));
                    journal.append(new AlertEvent.Routed(fingerprint, routes, receivers));
                    journal.append(new GroupEvent.Grouped(KEYS[i % KEYS.length], "payments-pager", fingerprint, false));
                }
                long between = cpuNanos();
                if (first % 1280 == 0) {
                    time.advance(FileJournal.BATCH.plusMillis(1));
                }
                written += cpuNanos() - between;
                appended += between - start;
            }
            time.advance(Duration.ofSeconds(2));
            System.out.printf(
                    "a new alert's three events: append %.2f us, write %.2f us%n",
                    appended / 1e3 / ALERTS, written / 1e3 / ALERTS);
        }
    }

    private static LabelSet podLabels(int i, int round) {
        return LabelSet.of(
                "alertname",
                "KubePodCrashLooping",
                "cluster",
                "eu-" + i % 7,
                "container",
                "api",
                "instance",
                "10.1." + i % 2000 / 250 + "." + i % 250 + ":9100",
                "job",
                "kube-state-metrics",
                "namespace",
                "shop",
                "pod",
                "api-" + i + "-" + round,
                "severity",
                "warning",
                "team",
                "payments",
                "zone",
                "b");
    }

    private static String[] groupKeys() {
        String[] keys = new String[5_000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "{}/{team=\"payments\"}:{alertname=\"KubePodCrashLooping\", instance=\"" + i + "\"}";
        }
        return keys;
    }

    /** The thread's own: other work on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void search(String name, Supplier<JournalFilter> filter, int limit) {
        long[] nanos = new long[ROUNDS];
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            JournalFilter wanted = filter.get();
            long start = cpuNanos();
            found += journal.query(wanted, JournalCursor.NONE, limit).entries().size();
            nanos[i] = cpuNanos() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %.1f ms, worst %.1f ms, %d found on average%n",
                name, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6, found / ROUNDS);
    }

    private void start(String name) {
        journal.close();
        time.advance(Duration.ofSeconds(1));
        long start = cpuNanos();
        journal = open();
        System.out.printf("%s: %.0f ms%n", name, (cpuNanos() - start) / 1e6);
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private Instant hour() {
        return time.now().minus(Duration.ofHours(1 + random.nextInt(23)));
    }

    private void run() throws IOException {
        fill();
        System.out.printf("%.0f bytes an event%n", (double) bytes() / EVENTS);
        Duration hour = Duration.ofHours(1);
        for (int round = 0; round < 2; round++) {
            search(
                    "receiver and hour",
                    () -> {
                        Instant from = hour();
                        return JournalFilter.ALL
                                .receiver("team-" + random.nextInt(12))
                                .between(from, from.plus(hour));
                    },
                    10_000);
            search("receiver, newest 1,000", () -> JournalFilter.ALL.receiver("team-" + random.nextInt(12)), 1000);
            search("rare receiver, whole day", () -> JournalFilter.ALL.receiver("rare"), 10_000);
            search("alert, whole day", () -> JournalFilter.ALL.fingerprint((long) random.nextInt(50_000)), 1000);
            search("attempts of the day, 1,000", () -> JournalFilter.ALL.types(Set.of(EventType.ATTEMPTED)), 1000);
            search("nothing, whole day", () -> JournalFilter.ALL.receiver("nobody"), 1000);
        }
        start("start");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".index")).toList()) {
                Files.delete(file);
            }
        }
        time.advance(Duration.ofSeconds(1));
        long begin = cpuNanos();
        journal = open();
        System.out.printf("start without any index: %.0f ms%n", (cpuNanos() - begin) / 1e6);
    }

    /**
     * Measures.
     *
     * @param arguments the folder to write to; a temporary one if there is none
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("journal");
        JournalBenchmark alerts = new JournalBenchmark(folder.resolve("alerts"));
        alerts.newAlerts();
        alerts.journal.close();
        new JournalBenchmark(folder.resolve("day")).run();
    }
}
