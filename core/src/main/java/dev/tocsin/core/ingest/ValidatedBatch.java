package dev.tocsin.core.ingest;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.util.List;

/**
 * A batch after validation: bad alerts never cost the good ones.
 *
 * @param alerts the valid alerts, in posted order; may be empty
 * @param refusals the others, in posted order; empty if all are valid
 */
public record ValidatedBatch(List<Alert> alerts, List<Refusal> refusals) {
    /**
     * An alert that is not valid.
     *
     * @param labels as posted, those with empty values left out; may be empty or have invalid names
     * @param message why, as clients read it
     */
    public record Refusal(LabelSet labels, String message) {}

    /** Copies the lists. */
    public ValidatedBatch {
        alerts = List.copyOf(alerts);
        refusals = List.copyOf(refusals);
    }

    /** Why alerts were refused, in posted order; empty if all are valid. */
    public List<String> messages() {
        return refusals.stream().map(Refusal::message).toList();
    }
}
