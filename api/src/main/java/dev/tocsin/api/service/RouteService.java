package dev.tocsin.api.service;

import dev.tocsin.api.service.ServiceException.Fault;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.route.RouteWalk;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The routing tree. Safe for all threads; what it throws is {@link ServiceException}. */
public final class RouteService {
    private static final int MAX_LABELS = 512;
    private static final int MAX_CHANGES = 1_000;
    private static final int CHANGES = 100;

    private final Hub hub;

    /** Routes of {@code hub}. */
    public RouteService(Hub hub) {
        this.hub = hub;
    }

    /** The tree in force. */
    public RouteTree tree() {
        RouteTree tree = hub.routes();
        if (tree == null) {
            throw new ServiceException(
                    Fault.UNAVAILABLE, "STARTING", "no configuration is in force yet; try again soon", List.of());
        }
        return tree;
    }

    /** Where an alert with these labels goes, which need not exist. Empty values count as missing. */
    public RouteWalk match(Map<String, String> labels) {
        Filters.bounded("labels", labels.size(), MAX_LABELS);
        return tree().explain(LabelSet.of(labels).withoutEmptyValues());
    }

    /**
     * Says what a candidate would change.
     *
     * @param limit the most alerts and groups to name; 0 for 100
     * @return completes with what would change, or exceptionally with a {@link ServiceException}
     */
    public CompletionStage<Comparison> whatIf(Candidate candidate, int limit) {
        if (limit < 0 || limit > MAX_CHANGES) {
            throw ServiceException.invalid("limit", "must be between 0 and " + MAX_CHANGES + ", not " + limit);
        }
        return hub.whatIf(candidate, limit == 0 ? CHANGES : limit).thenApply(answer -> switch (answer) {
            case WhatIfAnswer.Compared compared -> compared.comparison();
            case WhatIfAnswer.Refused refused ->
                throw ServiceException.invalid("INVALID_CANDIDATE", "candidate", refused.message());
        });
    }
}
