package dev.tocsin.core.hub;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.explain.Explainer;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.InForce;
import dev.tocsin.core.explain.JournalHistory;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.ingest.ValidatedBatch;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalReader;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.trace.Span;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One hub: the rooms of the one-way line, joined. What is stored goes to the inhibitor and then to the dispatcher of the
 * configuration in force; see {@link ConfigSwitch} for how that is replaced.
 *
 * <p>Any thread may call it. Questions are answered on the caller's thread from what the loop has published.
 */
public final class HubNode implements Hub {
    /** How long an explanation waits for another node's journal. */
    private static final Duration HISTORY_PATIENCE = Duration.ofSeconds(2);

    private final HubParts parts;
    private final HubOptions options;
    private final IngestJournal arrivals;
    private final ConfigSwitch inForce;
    private final Explainer explainer;
    private volatile Instant startedAt;
    private volatile String trouble = "";

    /** Joins the parts. Nothing moves before the first {@link #apply} and {@link #start}. */
    public HubNode(HubParts parts, HubOptions options) {
        this.parts = parts;
        this.options = options;
        this.arrivals = new IngestJournal(parts.journal(), parts.clock());
        this.inForce = new ConfigSwitch(parts, options, arrivals);
        this.explainer = new Explainer(
                parts.clock(),
                parts.loop(),
                parts.workers(),
                parts.alerts(),
                parts.nodes(),
                new JournalHistory(parts.history(), HISTORY_PATIENCE),
                this::deciding,
                () -> trouble,
                parts.configs());
        this.startedAt = parts.clock().now();
    }

    private @Nullable InForce deciding() {
        ActiveConfig current = inForce.active();
        return current == null ? null : new InForce(current.config(), current.dispatcher(), current.pipeline());
    }

    /** Begins the housekeeping of the stores. Call it once, when the first configuration is in force. */
    public void start() {
        startedAt = parts.clock().now();
        parts.loop().execute(() -> {
            parts.alerts().start();
            parts.silences().start();
            parts.logMaintenance().start();
            parts.journal().append(new HubEvent.Started(options.version()));
        });
    }

    /**
     * Puts {@code config} in force: builds on a worker what can fail, then replaces everything at once. If something
     * fails, the configuration before it stays entirely in force. Configurations must not be applied at the same time.
     *
     * @return completes on the hub loop
     */
    public CompletionStage<ApplyResult> apply(Config config) {
        return inForce.apply(config);
    }

    /**
     * Stops: no flush begins, requests under way get the stop patience, then the stores are written and closed.
     *
     * @param why for the journal
     * @return completes on the hub loop when nothing moves any more, exceptionally if a store could not be written; the
     *     storage may be closed then
     */
    public CompletionStage<Void> stop(String why) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        parts.loop().execute(() -> {
            parts.journal().append(new HubEvent.Stopped(why));
            inForce.stop(() -> closeStores(stopped));
        });
        return stopped;
    }

    /** Closes them all, whatever happens to some. */
    private void closeStores(CompletableFuture<Void> stopped) {
        List<AutoCloseable> stores = List.of(
                parts.alerts()::stop,
                parts.silences()::stop,
                parts.logMaintenance(),
                parts.pipeline().log());
        List<String> errors = new ArrayList<>();
        for (AutoCloseable store : stores) {
            try {
                store.close();
            } catch (Exception e) {
                errors.add(String.valueOf(e.getMessage()));
            }
        }
        if (errors.isEmpty()) {
            stopped.complete(null);
        } else {
            stopped.completeExceptionally(new IOException(String.join("; ", errors)));
        }
    }

    @Override
    public CompletionStage<List<String>> ingest(List<PostedAlert> batch, AlertSource source) {
        ActiveConfig current = inForce.active();
        if (current == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("no configuration is in force yet"));
        }
        ValidatedBatch valid = parts.validator()
                .validate(batch, parts.clock().now(), current.config().global().resolveTimeout());
        Span span = parts.tracing()
                .current()
                .child("provider.Put")
                .attribute("alerts", valid.alerts().size());
        CompletableFuture<List<String>> stored = new CompletableFuture<>();
        parts.loop().execute(() -> {
            try {
                arrivals.begin(source);
                span.call(() -> {
                    parts.alerts().put(valid.alerts(), source, () -> {
                        span.end();
                        stored.complete(valid.messages());
                    });
                    return true;
                });
                arrivals.end(valid);
            } catch (Exception e) {
                span.fail(String.valueOf(e));
                span.end();
                stored.completeExceptionally(e);
            }
        });
        return stored;
    }

    @Override
    public List<AlertView> alerts(AlertFilter filter) {
        ActiveConfig current = inForce.active();
        if (current == null) {
            return List.of();
        }
        List<AlertView> found = new ArrayList<>();
        query(current, filter).alerts(null, found::add);
        return found;
    }

    @Override
    public List<GroupView> groups(AlertFilter filter) {
        ActiveConfig current = inForce.active();
        return current == null ? List.of() : query(current, filter).groups();
    }

    @Override
    public void alerts(AlertFilter filter, @Nullable Long after, Predicate<? super AlertView> each) {
        ActiveConfig current = inForce.active();
        if (current != null) {
            query(current, filter).alerts(after, each);
        }
    }

    @Override
    public List<AlertView> find(long... fingerprints) {
        ActiveConfig current = inForce.active();
        return current == null ? List.of() : query(current, AlertFilter.ALL).find(fingerprints);
    }

    @Override
    public @Nullable RouteTree routes() {
        ActiveConfig current = inForce.active();
        return current == null ? null : current.dispatcher().routes();
    }

    @Override
    public Membership membership() {
        return parts.membership();
    }

    @Override
    public Cancellable listen(HubListener listener) {
        return inForce.listen(listener);
    }

    private AlertQueries query(ActiveConfig current, AlertFilter filter) {
        return new AlertQueries(
                current, parts.alerts(), parts.silences(), filter, parts.clock().now());
    }

    @Override
    public CompletionStage<Explanation> explain(Question question) {
        return explainer.explain(question);
    }

    @Override
    public CompletionStage<WhatIfAnswer> whatIf(Candidate candidate, int limit) {
        WhatIfQuestions questions = new WhatIfQuestions(parts, inForce.active(), limit);
        return candidate instanceof Candidate.InPast past
                ? parts.history()
                        .query(
                                JournalFilter.ALL
                                        .between(past.from(), past.until())
                                        .types(Set.of(EventType.MERGED)),
                                JournalCursor.NONE,
                                JournalReader.MAX_LIMIT,
                                HISTORY_PATIENCE)
                        .thenCompose(page -> onWorker(() -> questions.ask(past, page)))
                : onWorker(() -> questions.ask(candidate));
    }

    private <T> CompletionStage<T> onWorker(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        parts.workers().submit(work, (done, failed) -> {
            if (done == null) {
                answer.completeExceptionally(failed);
            } else {
                answer.complete(done);
            }
        });
        return answer;
    }

    /**
     * Remembers whether the configuration file could be used, for explanations.
     *
     * @param problem what is wrong with it, as a clause; empty if it is in force
     */
    public void configRead(String problem) {
        trouble = problem;
    }

    /**
     * The configuration that was applied last has come into force from a file. On the hub loop.
     *
     * @param hash of the file
     */
    void configLoaded(String hash) {
        configRead("");
        ActiveConfig current = inForce.active();
        if (current != null) {
            parts.configs().loaded(hash, current.text()::text);
        }
    }

    @Override
    public Silences silences() {
        return parts.silences();
    }

    /** The configuration in force; null before the first. */
    public @Nullable Config config() {
        ActiveConfig current = inForce.active();
        return current == null ? null : current.config();
    }

    @Override
    public List<ReceiverConfig> receivers() {
        ActiveConfig current = inForce.active();
        return current == null ? List.of() : current.config().receivers();
    }

    @Override
    public HubStatus status() {
        ActiveConfig current = inForce.active();
        Membership membership = parts.membership();
        return new HubStatus(
                membership.nodeName(),
                membership.status(),
                membership.peers(),
                current == null ? "" : current.text().text(),
                startedAt);
    }
}
