package dev.tocsin.core.hub;

import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A posted alert in a test's words; seconds count from the test's start. */
record Posted(
        LabelSet labels,
        LabelSet annotations,
        @Nullable Double startSecond,
        @Nullable Double endSecond) {
    static Posted alert(String name, String... moreLabels) {
        String[] all = new String[moreLabels.length + 2];
        all[0] = "alertname";
        all[1] = name;
        System.arraycopy(moreLabels, 0, all, 2, moreLabels.length);
        return new Posted(LabelSet.of(all), LabelSet.EMPTY, null, null);
    }

    Posted from(double second) {
        return new Posted(labels, annotations, second, endSecond);
    }

    Posted to(double second) {
        return new Posted(labels, annotations, startSecond, second);
    }

    Posted annotate(String name, String value) {
        return new Posted(labels, LabelSet.of(name, value), startSecond, endSecond);
    }

    PostedAlert posted(Instant base) {
        return new PostedAlert(labels, annotations, time(base, startSecond), time(base, endSecond), "");
    }

    private static @Nullable OffsetDateTime time(Instant base, @Nullable Double second) {
        return second == null
                ? null
                : base.plusMillis(Math.round(second * 1000)).atOffset(ZoneOffset.UTC);
    }
}
