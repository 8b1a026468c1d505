package dev.tocsin.core.hub;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What interfaces (HTTP, gRPC, UI) may ask of the hub. Any thread may call it. Methods that change state return at once
 * and complete their stage on the hub loop when the change is as durable as the contract and DESIGN promise.
 */
public interface Hub {
    /**
     * Takes a batch of alerts: valid ones are stored although others fail.
     *
     * @return completes with the messages of the alerts that were refused, in order, empty if all are stored; completes
     *     exceptionally if the store failed
     */
    CompletionStage<List<String>> ingest(List<PostedAlert> batch, AlertSource source);

    /** The alerts that have not ended and pass the filter, sorted by fingerprint. Computed from the state of now. */
    List<AlertView> alerts(AlertFilter filter);

    /**
     * Hands the alerts that {@link #alerts(AlertFilter)} gives to {@code each}, in the same order, until it answers false.
     *
     * @param after only those whose fingerprint, unsigned, is above it; null to begin at the first
     */
    void alerts(AlertFilter filter, @Nullable Long after, Predicate<? super AlertView> each);

    /** The alerts with these fingerprints that are known, also those that have ended, in the order of the question. */
    List<AlertView> find(long... fingerprints);

    /** The groups that have at least one alert that passes the filter, in the contract's order (section 7.7). */
    List<GroupView> groups(AlertFilter filter);

    /** The silences and their edits. */
    Silences silences();

    /** All receivers of the configuration in force, in its order. */
    List<ReceiverConfig> receivers();

    /**
     * Why an alert was notified or not. The alert need not exist.
     *
     * @return completes on the hub loop; waits for the journals of all nodes, in bounded time
     */
    CompletionStage<Explanation> explain(Question question);

    /** The routing tree in force; null before the first configuration. */
    @Nullable RouteTree routes();

    /**
     * What a configuration or a silence would change for the alerts that fire now. Changes nothing.
     *
     * @param limit the most alerts and groups to list, at least 1
     * @return completes on the hub loop
     */
    CompletionStage<WhatIfAnswer> whatIf(Candidate candidate, int limit);

    /** What the status page shows. */
    HubStatus status();

    /** Who the nodes of the cluster are, and whose turn it is. */
    Membership membership();

    /** Lets {@code listener} hear of alerts from soon on, until it is cancelled. */
    Cancellable listen(HubListener listener);
}
