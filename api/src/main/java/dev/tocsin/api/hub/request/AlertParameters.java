package dev.tocsin.api.hub.request;

import dev.tocsin.api.service.AlertQuery;
import dev.tocsin.api.service.PageRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parameters that choose alerts, groups and parts of lists. */
public final class AlertParameters {
    /** Those that choose alerts. */
    public static final Set<String> FILTER =
            Set.of("filter", "receiver", "receiverMatcher", "active", "silenced", "inhibited", "muted");

    /** Those that choose a part of a list. */
    public static final Set<String> PAGE = Set.of("limit", "pageToken");

    private AlertParameters() {}

    /** All of these, and {@code more}. */
    public static Set<String> and(Set<String> names, Set<String> others, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(others);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** What the request asks for. */
    public static AlertQuery filter(Parameters query) throws ProblemException {
        return new AlertQuery(
                query.all("filter"),
                query.text("receiver"),
                query.all("receiverMatcher"),
                query.flag("active", true),
                query.flag("silenced", true),
                query.flag("inhibited", true),
                query.flag("muted", true));
    }

    /** The part of the list that it asks for. */
    public static PageRequest page(Parameters query) throws ProblemException {
        return new PageRequest(query.whole("limit", 0), query.text("pageToken"));
    }
}
