package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.route.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the journal which alerts enter which groups. Used on the hub loop only. */
final class RecordedEntries {
    /** So many different results of routing are remembered: most alerts are routed as others were. */
    private static final int MOST_KNOWN = 1 << 10;

    private final Journal journal;
    private final Map<List<Route>, Names> known = new HashMap<>();

    /** Routes by what the journal calls them. */
    private record Names(List<String> ids, List<String> receivers) {
        static Names of(List<Route> routes) {
            return new Names(
                    routes.stream().map(Route::id).toList(),
                    routes.stream().map(route -> route.options().receiver()).toList());
        }
    }

    RecordedEntries(Journal journal) {
        this.journal = journal;
    }

    /** An alert has entered a group that was there, or that it made. */
    void entered(AggregationGroup group, Alert alert, boolean created) {
        journal.append(new GroupEvent.Grouped(
                group.key().text(), group.route().options().receiver(), alert.fingerprint(), created));
    }

    /** An alert that entered groups was routed so. */
    void routed(Alert alert, List<Route> matched) {
        Names names = known.get(matched);
        if (names == null) {
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            names = Names.of(matched);
            known.put(List.copyOf(matched), names);
        }
        journal.append(new AlertEvent.Routed(alert.fingerprint(), names.ids(), names.receivers()));
    }
}
