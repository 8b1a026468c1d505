package dev.tocsin.core.ingest;

import dev.tocsin.core.label.LabelSet;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a client posted it: the schema holds, the values are not checked yet.
 *
 * @param labels as posted, empty values included
 * @param annotations empty if absent
 * @param startsAt null if absent or the zero time {@code 0001-01-01T00:00:00Z}
 * @param endsAt as {@code startsAt}
 * @param generatorUrl empty if absent
 */
public record PostedAlert(
        LabelSet labels,
        LabelSet annotations,
        @Nullable OffsetDateTime startsAt,
        @Nullable OffsetDateTime endsAt,
        String generatorUrl) {}
