package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.label.LabelSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Builds alerts and senders for tests. */
final class Alerts {
    static final AlertSource A = new AlertSource("10.0.0.1", "Prometheus/3.5.0");
    static final AlertSource B = new AlertSource("10.0.0.2", "Prometheus/3.5.0");
    static final AlertSource AMTOOL = new AlertSource("10.0.0.9", "amtool/0.34.0");

    private Alerts() {}

    static Alert alert(LabelSet labels, Instant start, Instant end, Instant now, boolean timeout) {
        return new Alert(
                labels,
                LabelSet.of("summary", "down"),
                start,
                ZoneOffset.UTC,
                end,
                ZoneOffset.UTC,
                now,
                "http://prometheus:9090/graph?g0.expr=up",
                timeout);
    }

    /** What Prometheus sends for an alert that fires: it ends in four minutes. */
    static Alert firing(String name, Instant start, Instant now) {
        return alert(LabelSet.of(Alert.ALERT_NAME, name), start, now.plus(Duration.ofMinutes(4)), now, false);
    }

    static Alert resolved(String name, Instant start, Instant end, Instant now) {
        return alert(LabelSet.of(Alert.ALERT_NAME, name), start, end, now, false);
    }
}
