package dev.tocsin.app.command;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.ConfigDifference;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Asks a node what a configuration would have changed for the alerts that began in some time, which its journals tell.
 *
 * @param from RFC 3339, inclusive
 * @param until RFC 3339, exclusive
 * @param limit the most alerts and groups to list
 */
record PastComparison(String from, String until, int limit) {
    /** @throws IllegalArgumentException if one of the times is none */
    PastComparison {
        if (!time("--from", from).isBefore(time("--to", until))) {
            throw new IllegalArgumentException("--from must be before --to");
        }
    }

    private static Instant time(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + ": \"" + text + "\" is no time such as 2026-01-02T03:10:00Z", e);
        }
    }

    /**
     * Asks.
     *
     * @param config the text of the configuration file
     */
    Comparison ask(NodeClient node, String config) throws IOException, InterruptedException {
        return read(node.post(
                "/api/hub/v1/what-if",
                "{\"config\":" + JsonTree.quoted(config) + ",\"from\":" + JsonTree.quoted(from) + ",\"until\":"
                        + JsonTree.quoted(until) + ",\"limit\":" + limit + "}"));
    }

    private static Comparison read(JsonTree json) throws IOException {
        try {
            return new Comparison(
                    json.text("sentence"),
                    Instant.parse(json.text("at")),
                    json.whole("alerts"),
                    json.whole("alertsChanged"),
                    json.whole("alertsToldAgain"),
                    json.whole("groupsStopped"),
                    json.whole("groupsStarted"),
                    json.at("changedAlerts").items().stream()
                            .map(PastComparison::alert)
                            .toList(),
                    json.at("changedGroups").items().stream()
                            .map(PastComparison::group)
                            .toList(),
                    json.at("receivers").items().stream()
                            .map(receiver -> new Comparison.ReceiverChange(
                                    receiver.text("receiver"),
                                    receiver.whole("alertsNow"),
                                    receiver.whole("alertsThen")))
                            .toList(),
                    json.at("differences").items().stream()
                            .map(PastComparison::difference)
                            .toList());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IOException("the answer cannot be understood: " + e.getMessage(), e);
        }
    }

    private static Comparison.AlertChange alert(JsonTree json) {
        LabelSet labels = LabelSet.of(json.texts("labels"));
        return new Comparison.AlertChange(
                labels.fingerprint(),
                labels,
                json.words("lost"),
                json.words("gained"),
                json.words("toldAgain"),
                json.text("reason"));
    }

    private static Comparison.GroupChange group(JsonTree json) {
        return new Comparison.GroupChange(
                json.text("groupKey"),
                json.text("receiver"),
                json.is("notifiesNow"),
                json.is("wouldNotify"),
                json.whole("alerts"),
                json.text("reason"));
    }

    private static ConfigDifference difference(JsonTree json) {
        return new ConfigDifference(
                json.text("what"),
                json.text("name"),
                ConfigDifference.Change.valueOf(json.text("change").toUpperCase(Locale.ROOT)),
                json.text("detail"));
    }
}
