package dev.tocsin.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertValidatorTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(7);

    private final Metrics metrics = new Metrics(new MetricRegistry());

    private ValidatedBatch validate(MatcherMode mode, PostedAlert... alerts) {
        return new AlertValidator(mode, ZoneId.of("Europe/Paris"), metrics).validate(List.of(alerts), NOW, TIMEOUT);
    }

    private static PostedAlert posted(LabelSet labels, @Nullable String start, @Nullable String end) {
        return new PostedAlert(
                labels,
                LabelSet.EMPTY,
                start == null ? null : OffsetDateTime.parse(start),
                end == null ? null : OffsetDateTime.parse(end),
                "");
    }

    private double counted(String name, String... labels) {
        return ((CounterFamily) Objects.requireNonNull(metrics.families().get(name)))
                .labels(labels)
                .value();
    }

    @Test
    void fillsInTimesWithTheOffsetOfTheProcess() {
        Alert alert = validate(MatcherMode.FALLBACK, posted(LabelSet.of("a", "b"), null, null))
                .alerts()
                .getFirst();
        assertThat(alert.startsAt()).isEqualTo(NOW);
        assertThat(alert.endsAt()).isEqualTo(NOW.plus(TIMEOUT));
        assertThat(alert.updatedAt()).isEqualTo(NOW);
        assertThat(alert.timeout()).isTrue();
        assertThat(alert.startsAtOffset()).isEqualTo(ZoneOffset.ofHours(2));
        assertThat(alert.endsAtOffset()).isEqualTo(ZoneOffset.ofHours(2));
    }

    @Test
    void aMissingStartIsTheEndThatWasPosted() {
        Alert alert = validate(MatcherMode.FALLBACK, posted(LabelSet.of("a", "b"), null, "2026-01-01T00:00:00+05:30"))
                .alerts()
                .getFirst();
        assertThat(alert.startsAt()).isEqualTo(alert.endsAt()).isEqualTo(Instant.parse("2025-12-31T18:30:00Z"));
        assertThat(alert.startsAtOffset()).isEqualTo(ZoneOffset.ofHoursMinutes(5, 30));
        assertThat(alert.timeout()).isFalse();
    }

    @Test
    void alertsOfABatchShareTheirInstants() {
        OffsetDateTime end = OffsetDateTime.parse("2026-07-01T12:04:00Z");
        List<Alert> alerts = validate(
                        MatcherMode.FALLBACK,
                        new PostedAlert(LabelSet.of("a", "1"), LabelSet.EMPTY, end, end, ""),
                        new PostedAlert(LabelSet.of("a", "2"), LabelSet.EMPTY, end, end, ""))
                .alerts();
        assertThat(alerts.get(0).endsAt()).isSameAs(alerts.get(1).endsAt());
        assertThat(alerts.get(0).startsAt()).isSameAs(alerts.get(1).startsAt());
    }

    @Test
    void badAlertsDoNotCostTheGoodOnes() {
        ValidatedBatch batch = validate(
                MatcherMode.FALLBACK,
                posted(LabelSet.of("a", ""), null, null),
                posted(LabelSet.of("a", "b", "empty", ""), null, null),
                posted(LabelSet.of("a", "b"), "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"));
        assertThat(batch.alerts()).extracting(Alert::labels).containsExactly(LabelSet.of("a", "b"));
        assertThat(batch.messages())
                .containsExactly("at least one label pair required", "start time must be before end time");
    }

    @Test
    void classicModeRefusesNamesThatAreNoIdentifiers() {
        PostedAlert label = posted(LabelSet.of("ok", "é", "a b", "x"), null, null);
        PostedAlert annotation = new PostedAlert(LabelSet.of("ok", "1"), LabelSet.of("Σ", "x"), null, null, "");
        assertThat(validate(MatcherMode.FALLBACK, label, annotation).messages()).isEmpty();
        ValidatedBatch classic = validate(MatcherMode.CLASSIC, label, annotation);
        assertThat(classic.alerts()).isEmpty();
        assertThat(classic.messages())
                .containsExactly("invalid label set: invalid name \"a b\"", "invalid annotations: invalid name \"Σ\"");
    }

    @Test
    void countsWhatCameInEvenIfItIsRefused() {
        validate(MatcherMode.FALLBACK);
        assertThat(counted("alertmanager_alerts_received_total", "resolved", "v2"))
                .isZero();
        validate(
                MatcherMode.FALLBACK,
                posted(LabelSet.of("a", "1"), null, null),
                posted(LabelSet.of("a", "2"), null, "2026-07-01T12:00:00Z"),
                posted(LabelSet.EMPTY, null, null));
        assertThat(counted("alertmanager_alerts_received_total", "firing", "v2"))
                .isEqualTo(2);
        assertThat(counted("alertmanager_alerts_received_total", "resolved", "v2"))
                .isEqualTo(1);
        assertThat(counted("alertmanager_alerts_invalid_total", "v2")).isEqualTo(1);
    }
}
