package dev.tocsin.core.ingest;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.LabelNames;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives posted alerts the times they lack and refuses what is not valid, alert by alert (contract section 4.1, steps 1 to
 * 7). Stateless but for its counters; any thread may use it.
 */
public final class AlertValidator {
    private static final String VERSION = "v2";

    private final MatcherMode mode;
    private final ZoneId zone;
    private final CounterFamily.Child firing;
    private final CounterFamily.Child resolved;
    private final CounterFamily.Child invalid;

    /**
     * A validator.
     *
     * @param mode says which label names are valid
     * @param zone the process's time zone: answers show the times that the hub filled in with its offset
     */
    public AlertValidator(MatcherMode mode, ZoneId zone, Metrics metrics) {
        this.mode = mode;
        this.zone = zone;
        CounterFamily received = metrics.counter(
                "alertmanager_alerts_received_total", "The total number of received alerts.", "status", "version");
        this.firing = received.labels("firing", VERSION);
        this.resolved = received.labels("resolved", VERSION);
        this.invalid = metrics.counter(
                        "alertmanager_alerts_invalid_total",
                        "The total number of received alerts that were invalid.",
                        "version")
                .labels(VERSION);
    }

    /**
     * Validates one request's alerts.
     *
     * @param now when the request arrived; the same for all its alerts
     * @param resolveTimeout how long an alert without an end fires ({@code global.resolve_timeout})
     */
    public ValidatedBatch validate(List<PostedAlert> posted, Instant now, Duration resolveTimeout) {
        Batch batch = new Batch(now, now.plus(resolveTimeout), zone.getRules().getOffset(now));
        List<Alert> alerts = new ArrayList<>(posted.size());
        List<ValidatedBatch.Refusal> refusals = new ArrayList<>(0);
        int firingCount = 0;
        for (PostedAlert each : posted) {
            Alert alert = batch.complete(each);
            if (alert.endsAt().isAfter(now)) {
                firingCount++;
            }
            String why = refusal(alert);
            if (why == null) {
                alerts.add(alert);
            } else {
                refusals.add(new ValidatedBatch.Refusal(alert.labels(), why));
            }
        }
        firing.add(firingCount);
        resolved.add(posted.size() - firingCount);
        invalid.add(refusals.size());
        return new ValidatedBatch(alerts, refusals);
    }

    private @Nullable String refusal(Alert alert) {
        if (alert.endsAt().isBefore(alert.startsAt())) {
            return "start time must be before end time";
        }
        if (alert.labels().isEmpty()) {
            return "at least one label pair required";
        }
        String why = invalidName(alert.labels());
        if (why != null) {
            return "invalid label set: " + why;
        }
        why = invalidName(alert.annotations());
        return why == null ? null : "invalid annotations: " + why;
    }

    /** Values need no check: what is decoded from JSON is valid text. */
    private @Nullable String invalidName(LabelSet labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (!LabelNames.isValid(labels.name(i), mode)) {
                return "invalid name " + GoQuote.quote(labels.name(i));
            }
        }
        return null;
    }

    /** One request's constants, and its last dates: alerts of a batch share them, and so their objects. */
    private static final class Batch {
        private final Instant now;
        private final Instant timeoutEnd;
        private final ZoneOffset offset;
        private @Nullable OffsetDateTime lastStart;
        private Instant lastStartInstant = Instant.EPOCH;
        private @Nullable OffsetDateTime lastEnd;
        private Instant lastEndInstant = Instant.EPOCH;

        Batch(Instant now, Instant timeoutEnd, ZoneOffset offset) {
            this.now = now;
            this.timeoutEnd = timeoutEnd;
            this.offset = offset;
        }

        Alert complete(PostedAlert posted) {
            OffsetDateTime start = posted.startsAt();
            OffsetDateTime end = posted.endsAt();
            Instant endsAt = end == null ? timeoutEnd : endInstant(end);
            Instant startsAt = start != null ? startInstant(start) : end != null ? endsAt : now;
            ZoneOffset endOffset = end == null ? offset : end.getOffset();
            ZoneOffset startOffset = start != null ? start.getOffset() : endOffset;
            return new Alert(
                    posted.labels().withoutEmptyValues(),
                    posted.annotations(),
                    startsAt,
                    startOffset,
                    endsAt,
                    endOffset,
                    now,
                    posted.generatorUrl(),
                    end == null);
        }

        private Instant startInstant(OffsetDateTime start) {
            if (!start.equals(lastStart)) {
                lastStart = start;
                lastStartInstant = start.toInstant();
            }
            return lastStartInstant;
        }

        private Instant endInstant(OffsetDateTime end) {
            if (!end.equals(lastEnd)) {
                lastEnd = end;
                lastEndInstant = end.toInstant();
            }
            return lastEndInstant;
        }
    }
}
