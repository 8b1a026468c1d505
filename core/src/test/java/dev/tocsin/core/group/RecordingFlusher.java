package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps what it is asked to flush and answers after a while as it is told to. */
final class RecordingFlusher implements GroupFlusher {
    private final Scheduler scheduler;
    private final List<GroupFlush> flushes = new ArrayList<>();
    private Duration latency = Duration.ZERO;
    private Function<GroupFlush, FlushResult> answer = flush -> new FlushResult(true, List.of(), List.of());
    private final Set<LabelSet> knownToFire = new HashSet<>();
    private @Nullable Settled settled;
    private int cancelled;

    RecordingFlusher(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void latency(Duration duration) {
        latency = duration;
    }

    void answer(FlushResult result) {
        answer = flush -> result;
    }

    void suppress(Function<GroupFlush, List<Alert>> suppressed) {
        answer = flush -> new FlushResult(true, List.of(), suppressed.apply(flush));
    }

    /** From now on this is said of all groups of which all alerts fire. */
    void settle(Settled known) {
        settled = known;
    }

    @Override
    public @Nullable Settled settled(GroupFlush group) {
        return settled;
    }

    /** From now on somebody may know that the alert fires. */
    void know(LabelSet labels) {
        knownToFire.add(labels);
    }

    @Override
    public boolean mayBeKnownToFire(Route route, String groupKey, LabelSet labels) {
        return knownToFire.contains(labels);
    }

    @Override
    public RunningFlush flush(GroupFlush group, Consumer<FlushResult> done) {
        flushes.add(group);
        FlushResult result = answer.apply(group);
        Cancellable pending = scheduler.schedule(latency, () -> done.accept(result));
        return () -> {
            cancelled++;
            pending.cancel();
            scheduler.execute(() -> done.accept(new FlushResult(false, null, List.of())));
        };
    }

    List<GroupFlush> flushes() {
        return flushes;
    }

    int cancelled() {
        return cancelled;
    }

    GroupFlush last() {
        return flushes.get(flushes.size() - 1);
    }
}
