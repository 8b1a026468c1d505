package dev.tocsin.core.ingest;

import dev.tocsin.core.alert.Alert;
import java.util.List;

/**
 * A batch after validation: bad alerts never cost the good ones.
 *
 * @param alerts the valid alerts, in posted order; may be empty
 * @param messages why the others were refused, in posted order; empty if all are valid
 */
public record ValidatedBatch(List<Alert> alerts, List<String> messages) {
    /** Copies the lists. */
    public ValidatedBatch {
        alerts = List.copyOf(alerts);
        messages = List.copyOf(messages);
    }
}
