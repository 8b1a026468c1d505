package dev.tocsin.core.store;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.ingest.AlertDecoder;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.AlertValidator;
import dev.tocsin.core.ingest.DecodeResult;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.ingest.ValidatedBatch;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.Storage;
import dev.tocsin.core.time.Rfc3339;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an alert costs from its bytes to the store: CPU for new ones and re-sends, by one and by two senders, and retained
 * heap. A main class, not a test: {@code IngestBenchmark [alerts]}.
 */
final class IngestBenchmark {
    private static final int BATCH = 64;
    private static final int ROUNDS = 6;

    private final VirtualTime time = new VirtualTime();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final AlertDecoder decoder = new AlertDecoder(new StringInterner(1 << 15));
    private final AlertValidator validator = new AlertValidator(MatcherMode.FALLBACK, ZoneOffset.UTC, metrics);
    private final AlertStore store = new AlertStore(AlertStoreOptions.DEFAULTS, time, time, new NoDisk(), metrics);
    private final int alerts;

    private IngestBenchmark(int alerts) {
        this.alerts = alerts;
    }

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        new IngestBenchmark(args.length == 0 ? 100_000 : Integer.parseInt(args[0])).run();
    }

    private void run() throws IOException {
        store.load();
        long empty = usedHeap();
        round("new     ", Alerts.A);
        report("one source ", empty);
        for (int i = 0; i < ROUNDS; i++) {
            round("re-send ", Alerts.A);
        }
        report("one source ", empty);
        for (int i = 0; i < ROUNDS; i++) {
            round("re-send ", i % 2 == 0 ? Alerts.B : Alerts.A);
        }
        report("two sources", empty);
        decodeOnly();
    }

    private void round(String what, AlertSource source) {
        time.advance(Duration.ofSeconds(60));
        List<byte[]> bodies = bodies(source);
        long cpu = cpuNanos();
        for (byte[] body : bodies) {
            DecodeResult result = decoder.decode(body, 0, body.length);
            List<dev.tocsin.core.ingest.PostedAlert> posted = ((DecodeResult.Decoded) result).alerts();
            ValidatedBatch batch = validator.validate(posted, time.now(), Duration.ofMinutes(5));
            store.put(batch.alerts(), source, () -> {});
        }
        cpu = cpuNanos() - cpu;
        time.settle();
        System.out.printf("%s %.2f us/alert%n", what, cpu / 1e3 / alerts);
    }

    private void decodeOnly() {
        List<byte[]> bodies = bodies(Alerts.A);
        for (int i = 0; i < ROUNDS; i++) {
            long cpu = cpuNanos();
            int count = 0;
            for (byte[] body : bodies) {
                count += ((DecodeResult.Decoded) decoder.decode(body, 0, body.length))
                        .alerts()
                        .size();
            }
            System.out.printf("decode   %.2f us/alert%n", (cpuNanos() - cpu) / 1e3 / count);
        }
    }

    private void report(String what, long empty) {
        System.out.printf("%s %d B/alert retained%n", what, (usedHeap() - empty) / alerts);
    }

    /** Ten labels, of which the pod is the alert's own, and three annotations, one of them its own. */
    private List<byte[]> bodies(AlertSource source) {
        List<byte[]> bodies = new ArrayList<>();
        String end = Rfc3339.nanos(time.now().plus(Duration.ofMinutes(4)), ZoneOffset.UTC);
        String start = Rfc3339.nanos(Instant.parse("2026-01-02T03:00:00.123456789Z"), ZoneOffset.UTC);
        for (int from = 0; from < alerts; from += BATCH) {
            StringBuilder body = new StringBuilder("[");
            for (int i = from; i < Math.min(alerts, from + BATCH); i++) {
                body.append(i == from ? "" : ",")
                        .append("{\"annotations\":{\"description\":\"Pod shop/api-")
                        .append(i)
                        .append(
                                " has been restarting\",\"runbook_url\":\"https://runbooks.example.org/KubePodCrashLooping")
                        .append("\",\"summary\":\"Pod is crash looping\"},\"endsAt\":\"")
                        .append(end)
                        .append("\",\"startsAt\":\"")
                        .append(start)
                        .append("\",\"generatorURL\":\"http://prometheus-")
                        .append(source.address())
                        .append(":9090/graph?g0.expr=increase%28kube_pod_container_status_restarts_total%5B5m%5D%29+")
                        .append("%3E+0&g0.tab=1\",\"labels\":{\"alertname\":\"KubePodCrashLooping\",\"cluster\":\"eu-")
                        .append(i % 7)
                        .append("\",\"container\":\"api\",\"instance\":\"10.1.")
                        .append(i % 2000 / 250)
                        .append('.')
                        .append(i % 250)
                        .append(":9100\",\"job\":\"kube-state-metrics\",\"namespace\":\"shop\",\"pod\":\"api-")
                        .append(i)
                        .append("\",\"severity\":\"warning\",\"team\":\"payments\",\"zone\":\"b\"}}");
            }
            bodies.add(body.append(']').toString().getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    /** Takes everything and keeps nothing, so that only the encoding of records counts. */
    private static final class NoDisk implements Storage, Storage.RecordLog {
        @Override
        public RecordLog openLog(String name, Consumer<byte[]> reader) {
            return this;
        }

        @Override
        public void append(byte[] record, Durability durability, Consumer<@Nullable IOException> done) {
            done.accept(null);
        }

        @Override
        public long sizeBytes() {
            return 0;
        }

        @Override
        public void rewrite(Iterable<byte[]> records, Consumer<@Nullable IOException> done) {
            done.accept(null);
        }

        @Override
        public byte @Nullable [] readFile(String name) {
            return null;
        }

        @Override
        public void writeFile(String name, byte[] content) {}

        @Override
        public void close() {}
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
