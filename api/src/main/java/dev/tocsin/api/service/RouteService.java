package dev.tocsin.api.service;

import dev.tocsin.api.service.ServiceException.Fault;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.route.RouteWalk;
import java.util.List;
import java.util.Map;

/** The routing tree. Safe for all threads; what it throws is {@link ServiceException}. */
public final class RouteService {
    private static final int MAX_LABELS = 512;

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
}
