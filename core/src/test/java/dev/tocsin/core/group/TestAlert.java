package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.time.ZoneOffset;

/** Alerts for tests. */
public final class TestAlert {
    private TestAlert() {}

    /** An alert reported at {@code updatedAt}. */
    public static Alert of(LabelSet labels, Instant startsAt, Instant endsAt, Instant updatedAt) {
        return new Alert(
                labels, LabelSet.EMPTY, startsAt, ZoneOffset.UTC, endsAt, ZoneOffset.UTC, updatedAt, "", false);
    }

    /** An alert that fires from {@code now} for an hour. */
    public static Alert firing(Instant now, String... labels) {
        return of(LabelSet.of(labels), now, now.plusSeconds(3600), now);
    }

    /** {@code alert} as it is reported at {@code now}: over. */
    public static Alert resolved(Alert alert, Instant now) {
        return of(alert.labels(), alert.startsAt(), now, now);
    }
}
