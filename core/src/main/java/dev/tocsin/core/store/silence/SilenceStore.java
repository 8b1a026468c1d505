package dev.tocsin.core.store.silence;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.replicate.Countdown;
import dev.tocsin.core.replicate.Replication;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The silences of this node, durable. Written on the hub loop only; any thread may read, and edits from other threads
 * hop onto the loop. An edit is in force at once; its stage completes when it is on the disk and live peers have it, or
 * were waited for long enough; or exceptionally with an
 * {@link IOException} that says so if the disk does not take it: the edit stays in force and is saved as soon as the disk
 * works again. Bounded by {@code --silences.max-silences}.
 */
public final class SilenceStore implements Silences {
    private final Logger logger = LoggerFactory.getLogger(SilenceStore.class);
    private final SilenceOptions options;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final SilenceVersions versions;
    private final Journal journal;
    private final SilenceMetrics metrics;
    private final SilenceLog log;
    private final SilenceTable table;
    private Replication replication = new Replication.Alone();
    private Cancellable maintenance = Cancellable.NONE;
    private boolean writingSnapshot;

    /**
     * An empty store; {@link #load} fills it.
     *
     * @param storage keeps the log and the file {@code silences}
     * @param random makes the ids
     */
    public SilenceStore(
            SilenceOptions options,
            Clock clock,
            Scheduler loop,
            Workers workers,
            RandomGenerator random,
            Storage storage,
            Metrics metrics,
            Journal journal) {
        this.options = options;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.versions = new SilenceVersions(options, random);
        this.journal = journal;
        this.metrics = new SilenceMetrics(metrics);
        this.log = new SilenceLog(storage);
        this.table = new SilenceTable(clock, this.metrics);
        metrics.onCollect(table::count);
    }

    /**
     * Reads the own log and the snapshot file of Alertmanager; of two versions of a silence the later one counts. Blocks;
     * call it once, before {@link #start}.
     *
     * @throws IOException if one of them is damaged; the message says which and what to do
     */
    public void load() throws IOException {
        SilenceLog.Content content = log.load();
        for (String error : content.unusable()) {
            metrics.compileErrors.increment();
            logger.atError()
                    .addKeyValue("component", "silences")
                    .addKeyValue("err", error)
                    .log("A stored silence has matchers that do not compile and is dropped");
        }
        Instant now = clock.now();
        content.logged().forEach(silence -> take(silence, now));
        boolean foreign = false;
        for (Silence silence : content.snapshot()) {
            foreign |= take(silence, now);
        }
        if (foreign) {
            log.rewrite(table.all(), true);
        }
    }

    /** Merges a stored version in; whether it changed anything. */
    private boolean take(Silence silence, Instant now) {
        Silence known = table.get(silence.id());
        if (!silence.expiresAt().isAfter(now)
                || (known != null && SilenceMerge.newer(known, silence).equals(known))) {
            return false;
        }
        table.put(silence, now);
        return true;
    }

    /** Tells peers of every edit from now on and waits for them. Call it once, on the hub loop. */
    public void replicateThrough(Replication peers) {
        replication = peers;
    }

    /** Joins versions of another node, in force by this node's clock. Peers are not told. On the hub loop. */
    void join(List<SilenceRecord> records) {
        Instant now = clock.now();
        List<byte[]> news = new ArrayList<>();
        for (SilenceRecord record : records) {
            if (take(record.silence(), now)) {
                news.add(record.bytes());
            }
        }
        if (!news.isEmpty()) {
            log.append(news, error -> {});
            log.rewrite(table.all(), false);
        }
    }

    /**
     * Forgets what was loaded and has not been edited since {@code loadedAt}: the node was down for so long that its peers
     * may have forgotten how it ended. On the hub loop.
     */
    public void forgetBefore(Instant loadedAt) {
        table.removeIf(silence -> silence.updatedAt().isBefore(loadedAt));
        log.rewrite(table.all(), true);
    }

    /** All silences, as they are at any moment of the iteration. */
    Collection<Silence> all() {
        return table.all();
    }

    /** Begins the periodic maintenance. On the hub loop. */
    public void start() {
        maintenance = loop.schedule(options.maintenanceInterval(), this::maintain);
    }

    /**
     * Forgets what is due, writes the snapshot file and closes the log. On the hub loop, once no more edits come; blocks.
     *
     * @throws IOException if the disk does not take it
     */
    public void stop() throws IOException {
        maintenance.cancel();
        table.collect();
        metrics.maintenances.increment();
        try {
            long begun = clock.nanoTime();
            snapshotWritten(begun, log.writeSnapshot(table.all()));
        } finally {
            log.close();
        }
    }

    private void maintain() {
        maintenance = loop.schedule(options.maintenanceInterval(), this::maintain);
        metrics.maintenances.increment();
        table.collect();
        log.rewrite(table.all(), false);
        if (writingSnapshot) {
            return;
        }
        writingSnapshot = true;
        long begun = clock.nanoTime();
        List<Silence> copy = List.copyOf(table.all());
        workers.submit(() -> log.writeSnapshot(copy), (size, error) -> {
            writingSnapshot = false;
            if (size != null) {
                snapshotWritten(begun, size);
            } else {
                metrics.maintenanceErrors.increment();
                logger.atError()
                        .addKeyValue("component", "silences")
                        .addKeyValue("err", String.valueOf(error))
                        .log("Writing the silences snapshot failed");
            }
        });
    }

    private void snapshotWritten(long begun, int size) {
        metrics.snapshotSeconds.observe(secondsSince(begun));
        metrics.snapshotBytes.set(size);
    }

    private double secondsSince(long begun) {
        return (clock.nanoTime() - begun) / 1e9;
    }

    @Override
    public CompletionStage<SetResult> set(Draft draft) {
        CompletableFuture<SetResult> result = new CompletableFuture<>();
        onLoop(() -> set(draft, result));
        return result;
    }

    @Override
    public @Nullable String check(Draft draft) {
        boolean unknown = !draft.id().isEmpty() && find(draft.id()) == null;
        return unknown ? "silence not found" : SilenceRules.refusal(draft, clock.now(), options.mode());
    }

    @Override
    public CompletionStage<Boolean> expire(String id) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        onLoop(() -> expire(id, result));
        return result;
    }

    private void onLoop(Runnable edit) {
        if (loop.isCurrent()) {
            edit.run();
        } else {
            loop.execute(edit);
        }
    }

    private void set(Draft draft, CompletableFuture<SetResult> result) {
        Instant now = clock.now();
        SilenceRules.Checked.Valid valid;
        switch (SilenceRules.check(draft, now, options.mode())) {
            case SilenceRules.Checked.Valid checked -> valid = checked;
            case SilenceRules.Checked.Invalid invalid -> {
                result.complete(new SetResult.Refused(invalid.message()));
                return;
            }
        }
        Silence known = draft.id().isEmpty() ? null : table.get(draft.id());
        if (known == null && !draft.id().isEmpty()) {
            result.complete(new SetResult.NotFound());
        } else if (known != null && SilenceRules.updatable(known, valid, now)) {
            update(known, versions.updated(known, draft, valid, now), result);
        } else {
            create(known, draft, valid, now, result);
        }
    }

    private void update(Silence known, Silence silence, CompletableFuture<SetResult> result) {
        String oversize = versions.oversize(silence);
        if (oversize != null) {
            result.complete(new SetResult.Refused(oversize));
            return;
        }
        edited("update silence", silence);
        journal.append(new HubEvent.SilenceUpdated(known, silence));
        save(List.of(silence), result, new SetResult.Stored(silence.id()));
    }

    /** Makes a silence, in the place of {@code known} if that is not null and has not ended. */
    private void create(
            @Nullable Silence known,
            Draft draft,
            SilenceRules.Checked.Valid valid,
            Instant now,
            CompletableFuture<SetResult> result) {
        if (options.maxSilences() > 0 && table.all().size() + 1 > options.maxSilences()) {
            result.complete(new SetResult.Refused("exceeded maximum number of silences: "
                    + table.all().size() + " (limit: " + options.maxSilences() + ")"));
            return;
        }
        Silence silence = versions.first(draft, valid, now);
        String oversize = versions.oversize(silence);
        if (oversize != null) {
            result.complete(new SetResult.Refused(oversize));
            return;
        }
        List<Silence> changed = new ArrayList<>();
        changed.add(silence);
        edited("create silence", silence);
        journal.append(new HubEvent.SilenceCreated(silence));
        if (known != null && Silences.state(known, now) != Silence.State.EXPIRED) {
            changed.add(end(known, now));
        }
        save(changed, result, new SetResult.Stored(silence.id()));
    }

    private void expire(String id, CompletableFuture<Boolean> result) {
        Silence known = table.get(id);
        Instant now = clock.now();
        if (known == null) {
            result.complete(false);
        } else if (Silences.state(known, now) == Silence.State.EXPIRED) {
            result.complete(true);
        } else {
            save(List.of(end(known, now)), result, true);
        }
    }

    /** Ends a silence that has not ended; returns its last version, which is not saved yet. */
    private Silence end(Silence known, Instant now) {
        Silence ended = versions.ended(known, now);
        edited("expire silence", ended);
        journal.append(new HubEvent.SilenceExpired(ended));
        return ended;
    }

    private <T> void save(List<Silence> changed, CompletableFuture<T> result, T answer) {
        Instant now = clock.now();
        changed.forEach(silence -> table.put(silence, now));
        Countdown both = new Countdown(2, () -> result.complete(answer));
        List<byte[]> records = SilenceExchange.records(changed);
        replication.silences(records, both);
        log.append(records, error -> {
            if (error == null) {
                both.run();
            } else {
                result.completeExceptionally(new IOException(
                        "silence " + changed.getFirst().id() + " is changed, but not saved: " + error.getMessage()
                                + "; a restart would forget the change unless the disk works again before",
                        error));
            }
        });
        log.rewrite(table.all(), false);
    }

    private void edited(String what, Silence silence) {
        if (options.logEdits()) {
            SilenceText.log(logger.atInfo(), silence).log(what);
        }
    }

    @Override
    public @Nullable Silence find(String id) {
        return table.find(id);
    }

    @Override
    public List<Silence> list(List<Matcher> filter) {
        return table.list(filter);
    }

    @Override
    public List<String> silencedBy(LabelSet labels, Instant now) {
        return table.silencedBy(labels, now);
    }

    @Override
    public long version() {
        return table.version();
    }
}
