package dev.tocsin.core.alert;

import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * An alert as the hub keeps it. Immutable; two reports of one alert differ in everything but {@link #labels()}.
 *
 * @param labels the identity; never empty, no empty values
 * @param annotations free text for people; may be empty
 * @param startsAt when the alert began to fire, nanosecond precision
 * @param startsAtOffset the offset in which the sender wrote {@code startsAt}; answers echo it (contract section 7.3)
 * @param endsAt when it ends or ended; in the future while it fires
 * @param endsAtOffset as {@code startsAtOffset}
 * @param updatedAt when this report arrived
 * @param generatorUrl the sender's link to the cause; empty if none was given
 * @param timeout whether {@code endsAt} was not reported but is arrival time plus {@code resolve_timeout}
 */
public record Alert(
        LabelSet labels,
        LabelSet annotations,
        Instant startsAt,
        ZoneOffset startsAtOffset,
        Instant endsAt,
        ZoneOffset endsAtOffset,
        Instant updatedAt,
        String generatorUrl,
        boolean timeout) {

    /** The label every rule of Prometheus sets. */
    public static final String ALERT_NAME = "alertname";

    /** The fingerprint of the labels (contract section 4.4). */
    public long fingerprint() {
        return labels.fingerprint();
    }

    /** The value of {@code alertname}; empty if the alert has none. */
    public String name() {
        return labels.get(ALERT_NAME);
    }

    /** Whether the alert has ended by {@code now}: its end is not after it. */
    public boolean resolvedAt(Instant now) {
        return !endsAt.isAfter(now);
    }
}
