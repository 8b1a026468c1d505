package dev.tocsin.it.sim;

import dev.tocsin.it.sim.world.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Runs the scenarios of many seeds, on as many threads as there are cores; each simulation stays in one. */
final class Seeds {
    private final long first;
    private final long count;
    private final UnaryOperator<Settings> change;

    /**
     * Seeds that follow each other.
     *
     * @param change what is different from what the seeds say
     */
    Seeds(long first, long count, UnaryOperator<Settings> change) {
        this.first = first;
        this.count = count;
        this.change = change;
    }

    /**
     * The reports of the seeds that break something, the lowest seeds first.
     *
     * @param most how many of them are enough
     */
    List<String> failures(int most) {
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicLong next = new AtomicLong(first);
        List<Report> failures = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Report>>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(pool.submit(() -> work(next, most)));
            }
            for (Future<List<Report>> part : parts) {
                failures.addAll(part.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return failures.stream()
                .sorted((a, b) -> Long.compare(a.seed, b.seed))
                .limit(most)
                .map(Report::text)
                .toList();
    }

    private record Report(long seed, String text) {}

    private List<Report> work(AtomicLong next, int most) {
        List<Report> failures = new ArrayList<>();
        long seed;
        while (failures.size() < most && (seed = next.getAndIncrement()) < first + count) {
            Run run = new Chaos(seed, change).scenario().run();
            if (!run.violations().isEmpty()) {
                failures.add(new Report(seed, run.report()));
            }
        }
        return failures;
    }
}
