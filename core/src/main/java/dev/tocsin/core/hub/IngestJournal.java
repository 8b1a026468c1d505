package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.ValidatedBatch;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.AlertEvent.Change;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the journal what a batch did: which alerts began or ceased to fire. Re-sends that change neither are left out,
 * they would push everything else out of the journal. For the same reason only the first {@value #MAX_TOLD} refused and
 * the first {@value #MAX_TOLD} limited alerts of a batch are told one by one, the others as a count. Used on the hub loop
 * only.
 */
final class IngestJournal {
    /** How many alerts of a batch that were not taken, of either kind, get an entry of their own. */
    static final int MAX_TOLD = 100;

    /** Whom a change is told of that no post caused, such as the end of a report that was not repeated. */
    private static final String HUB = "the hub";

    private final Journal journal;
    private final Clock clock;
    private final List<Alert> changed = new ArrayList<>();
    private String source = HUB;
    private int limited;

    IngestJournal(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void begin(AlertSource from) {
        source = from.address();
        changed.clear();
        limited = 0;
    }

    void stored(Alert now, @Nullable Alert before) {
        Change change = change(now, before, clock.now());
        if (change != null) {
            changed.add(now);
            journal.append(new AlertEvent.Merged(now.labels(), change, source));
        }
    }

    void limited(Alert alert, int limit) {
        limited++;
        if (limited <= MAX_TOLD) {
            journal.append(new AlertEvent.Limited(alert.labels(), limit));
        }
    }

    private static @Nullable Change change(Alert now, @Nullable Alert before, Instant at) {
        if (before == null) {
            return Change.NEW;
        }
        boolean ended = now.resolvedAt(at);
        if (before.resolvedAt(at) == ended) {
            return null;
        }
        return ended ? Change.RESOLVED : Change.REFIRED;
    }

    void end(ValidatedBatch batch) {
        List<ValidatedBatch.Refusal> refusals = batch.refusals();
        int refused = refusals.size();
        if (!changed.isEmpty() || refused > 0) {
            journal.append(new AlertEvent.Received(source, batch.alerts().size(), refused, Fingerprints.of(changed)));
        }
        for (int i = 0; i < Math.min(refused, MAX_TOLD); i++) {
            ValidatedBatch.Refusal refusal = refusals.get(i);
            journal.append(new AlertEvent.Refused(source, refusal.labels(), refusal.message()));
        }
        int refusedMore = Math.max(0, refused - MAX_TOLD);
        int limitedMore = Math.max(0, limited - MAX_TOLD);
        if (refusedMore > 0 || limitedMore > 0) {
            journal.append(new AlertEvent.Omitted(source, refusedMore, limitedMore));
        }
        changed.clear();
        source = HUB;
    }
}
