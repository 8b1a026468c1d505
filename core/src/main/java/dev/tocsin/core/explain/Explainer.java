package dev.tocsin.core.explain;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.store.AlertStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Explains why an alert was notified or not: asks the very functions that decide, and the journals for what was done. Any
 * thread may ask. The hub loop is asked only for the timers of the alert's groups; muting and the notification log are
 * looked at on a worker, journals elsewhere.
 */
public final class Explainer {
    /** The most groups that an explanation shows. */
    public static final int MAX_GROUPS = 16;

    /** The most journal entries that an explanation shows. */
    public static final int MAX_HISTORY = 100;

    /** The most attempts that an explanation shows for an integration. */
    public static final int MAX_ATTEMPTS = 5;

    private static final int GROUP_HISTORY = 60;

    /** Nothing but the journals knows of the past. */
    private static final int PAST_HISTORY = 400;

    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final AlertStore alerts;
    private final Nodes nodes;
    private final History history;
    private final Supplier<@Nullable InForce> inForce;
    private final Supplier<String> trouble;
    private final PastConfigs configs;

    /**
     * An explainer.
     *
     * @param inForce the configuration in force; null before the first
     * @param trouble what is wrong with the configuration file since it was last read, as a sentence; empty if nothing is
     * @param configs what was in force before
     */
    public Explainer(
            Clock clock,
            Scheduler loop,
            Workers workers,
            AlertStore alerts,
            Nodes nodes,
            History history,
            Supplier<@Nullable InForce> inForce,
            Supplier<String> trouble,
            PastConfigs configs) {
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.alerts = alerts;
        this.nodes = nodes;
        this.history = history;
        this.inForce = inForce;
        this.trouble = trouble;
        this.configs = configs;
    }

    /**
     * Explains.
     *
     * @return completes on the hub loop, in about the time that the journals take
     */
    public CompletionStage<Explanation> explain(Question question) {
        CompletableFuture<Explanation> answer = new CompletableFuture<>();
        Instant asked = question.at();
        Instant then = asked == null || !asked.isBefore(clock.now()) ? null : asked;
        JournalFilter ofAlert = JournalFilter.ALL.between(null, until(then)).fingerprint(question.fingerprint());
        history.ask(ofAlert, then == null ? MAX_HISTORY : PAST_HISTORY).whenComplete((page, failed) -> {
            if (page == null) {
                answer.completeExceptionally(failed);
            } else {
                loop.execute(() -> capture(question, then, page, answer));
            }
        });
        return answer;
    }

    /** The filter's end is exclusive, and people write no more than milliseconds. */
    private static @Nullable Instant until(@Nullable Instant then) {
        return then == null ? null : then.plusMillis(1);
    }

    /** @param then the past that is asked about; null for now */
    private void capture(
            Question question, @Nullable Instant then, History.Page ofAlert, CompletableFuture<Explanation> answer) {
        Alert alert = alerts.find(question.fingerprint());
        LabelSet labels = question.labels();
        if (labels == null) {
            labels = alert == null ? Heard.labels(ofAlert.lines(), question.fingerprint()) : alert.labels();
        }
        Captured captured = then != null
                ? Captured.past(question.fingerprint(), labels, then, inForce.get(), nodes)
                : Captured.now(question.fingerprint(), labels, alert, clock.now(), inForce.get(), nodes, trouble.get());
        Set<String> keys = new LinkedHashSet<>();
        for (Captured.Place place : captured.places()) {
            keys.add(place.groupKey());
        }
        if (then != null) {
            keys.addAll(Heard.groupKeys(ofAlert.lines()));
        }
        askGroups(List.copyOf(keys), until(then)).whenComplete((pages, failed) -> {
            if (pages == null) {
                answer.completeExceptionally(failed);
            } else {
                workers.submit(() -> read(captured, Heard.of(ofAlert, pages)), (explanation, error) -> {
                    if (explanation == null) {
                        answer.completeExceptionally(error);
                    } else {
                        answer.complete(explanation);
                    }
                });
            }
        });
    }

    /** On a worker. */
    private Explanation read(Captured captured, Heard heard) {
        if (!captured.past()) {
            return new LiveReading(captured, heard).explanation();
        }
        InForce now = captured.inForce();
        PastTree tree = configs.at(captured.at(), now == null ? null : now.config());
        return new PastReading(captured, heard, tree, configs.oldest()).explanation();
    }

    private CompletionStage<List<History.Page>> askGroups(List<String> keys, @Nullable Instant until) {
        CompletionStage<List<History.Page>> all = CompletableFuture.completedFuture(List.of());
        for (String key : keys.subList(0, Math.min(keys.size(), MAX_GROUPS))) {
            JournalFilter ofGroup = JournalFilter.ALL.between(null, until).groupKey(key);
            all = all.thenCombine(history.ask(ofGroup, until == null ? GROUP_HISTORY : PAST_HISTORY), (pages, page) -> {
                List<History.Page> more = new ArrayList<>(pages);
                more.add(page);
                return more;
            });
        }
        return all;
    }
}
