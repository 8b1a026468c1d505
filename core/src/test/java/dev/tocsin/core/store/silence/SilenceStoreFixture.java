package dev.tocsin.core.store.silence;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.MetricFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.metrics.SummaryFamily;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.silence.Silences.Draft;
import dev.tocsin.core.silence.Silences.MatcherDraft;
import dev.tocsin.core.silence.Silences.SetResult;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;

/** A silence store on virtual time and a disk in memory. */
abstract class SilenceStoreFixture {
    static final SilenceOptions OPTIONS = SilenceOptions.DEFAULTS;
    static final LabelSet ALERT = LabelSet.of("alertname", "Down", "instance", "a");

    final VirtualTime time = new VirtualTime();
    MemoryStorage storage = new MemoryStorage(time);
    Metrics metrics = new Metrics(new MetricRegistry());
    final MemoryJournal journal = new MemoryJournal("a", time, metrics, 1000, 1_000_000);
    SilenceStore store = store(OPTIONS);

    @BeforeEach
    void load() throws IOException {
        store.load();
    }

    SilenceStore store(SilenceOptions options) {
        metrics = new Metrics(new MetricRegistry());
        return new SilenceStore(options, time, time, time, new Random(1), storage, metrics, journal);
    }

    void restart(SilenceOptions options) throws IOException {
        store = store(options);
        store.load();
    }

    Draft draft(String id, long startSeconds, long endSeconds, String... matchers) {
        List<MatcherDraft> drafts = new ArrayList<>();
        for (int i = 0; i < matchers.length; i += 2) {
            drafts.add(new MatcherDraft(matchers[i], matchers[i + 1], false, true));
        }
        Instant now = time.now();
        return new Draft(
                id, drafts, now.plusSeconds(startSeconds), now.plusSeconds(endSeconds), "me", "why", Map.of("k", "v"));
    }

    <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        time.settle();
        assertThat(future).isDone();
        return future.join();
    }

    String create(Draft draft) {
        return ((SetResult.Stored) await(store.set(draft))).id();
    }

    Silence get(String id) {
        return Objects.requireNonNull(store.find(id));
    }

    List<Silence> snapshot() throws IOException {
        return SilenceSnapshot.decode(Objects.requireNonNull(storage.readFile("silences")))
                .silences();
    }

    Silence.State state(String id) {
        return Silences.state(get(id), time.now());
    }

    double value(String name, String... labels) {
        MetricFamily<?> family = Objects.requireNonNull(metrics.families().get("alertmanager_silences" + name));
        metrics.collect();
        Object child = family.children().get(List.of(labels));
        return switch (child) {
            case CounterFamily.Child counter -> counter.value();
            case GaugeFamily.Child gauge -> gauge.value();
            case SummaryFamily.Child summary -> summary.count();
            case null, default -> throw new AssertionError(name + " has no such child: " + family.children());
        };
    }
}
