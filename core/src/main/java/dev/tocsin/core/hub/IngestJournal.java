package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.ValidatedBatch;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.AlertEvent.Change;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the journal what a batch did: which alerts began or ceased to fire. Re-sends that change neither are left out,
 * they would push everything else out of the journal. Used on the hub loop only.
 */
final class IngestJournal {
    /** Whom a change is told of that no post caused, such as the end of a report that was not repeated. */
    private static final String HUB = "the hub";

    private final Journal journal;
    private final Clock clock;
    private final List<Alert> changed = new ArrayList<>();
    private String source = HUB;

    IngestJournal(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void begin(AlertSource from) {
        source = from.address();
        changed.clear();
    }

    void stored(Alert now, @Nullable Alert before) {
        Change change = change(now, before, clock.now());
        if (change != null) {
            changed.add(now);
            journal.append(new AlertEvent.Merged(now.labels(), change, source));
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
        int refused = batch.messages().size();
        if (!changed.isEmpty() || refused > 0) {
            journal.append(new AlertEvent.Received(source, batch.alerts().size(), refused, Fingerprints.of(changed)));
        }
        if (refused > 0) {
            journal.append(new AlertEvent.Refused(
                    source, LabelSet.EMPTY, batch.messages().getFirst()));
        }
        changed.clear();
        source = HUB;
    }
}
