package dev.tocsin.app.command;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.ActiveSilences;
import dev.tocsin.core.silence.Silence;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts and silences that a node, or Alertmanager, tells of through its API.
 *
 * @param alerts may have ended
 * @param silences may have ended or not begun
 */
record KnownAlerts(List<Alert> alerts, List<Silence> silences) implements ActiveSilences {
    /**
     * Reads answers of {@code /api/v2/alerts} and {@code /api/v2/silences}.
     *
     * @throws IOException if they are not what they should be
     */
    static KnownAlerts read(JsonTree alerts, JsonTree silences) throws IOException {
        List<Alert> found = new ArrayList<>();
        for (JsonTree alert : alerts.items()) {
            found.add(alert(alert));
        }
        List<Silence> kept = new ArrayList<>();
        for (JsonTree silence : silences.items()) {
            kept.add(silence(silence));
        }
        return new KnownAlerts(List.copyOf(found), List.copyOf(kept));
    }

    private static Alert alert(JsonTree json) throws IOException {
        LabelSet labels = LabelSet.of(json.texts("labels")).withoutEmptyValues();
        if (labels.isEmpty()) {
            throw new IOException("an alert has no labels");
        }
        Instant start = time(json.text("startsAt"), Instant.EPOCH);
        Instant end = time(json.text("endsAt"), Instant.MAX);
        return new Alert(labels, LabelSet.EMPTY, start, ZoneOffset.UTC, end, ZoneOffset.UTC, start, "", false);
    }

    private static Instant time(String text, Instant otherwise) throws IOException {
        try {
            return text.isEmpty() ? otherwise : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IOException("\"" + text + "\" is no time such as 2026-01-02T03:04:05Z", e);
        }
    }

    private static Silence silence(JsonTree json) throws IOException {
        List<Matcher> matchers = new ArrayList<>();
        for (JsonTree matcher : json.at("matchers").items()) {
            boolean equal = !matcher.text("isEqual").equals("false");
            MatchType type = matcher.is("isRegex")
                    ? equal ? MatchType.REGEXP : MatchType.NOT_REGEXP
                    : equal ? MatchType.EQUAL : MatchType.NOT_EQUAL;
            try {
                matchers.add(Matcher.of(matcher.text("name"), type, matcher.text("value")));
            } catch (InvalidMatcherException e) {
                throw new IOException("silence " + json.text("id") + ": " + e.getMessage(), e);
            }
        }
        Instant end = time(json.text("endsAt"), Instant.MAX);
        Instant start = time(json.text("startsAt"), Instant.EPOCH);
        return new Silence(
                json.text("id"),
                List.of(List.copyOf(matchers)),
                start,
                end,
                start,
                json.text("createdBy"),
                json.text("comment"),
                Map.of(),
                end);
    }

    @Override
    public @Nullable Silence find(String id) {
        return silences.stream()
                .filter(silence -> silence.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<String> silencedBy(LabelSet labels, Instant now) {
        List<String> ids = new ArrayList<>();
        for (Silence silence : silences) {
            if (!now.isBefore(silence.startsAt()) && now.isBefore(silence.endsAt()) && silence.matches(labels)) {
                ids.add(silence.id());
            }
        }
        return ids;
    }
}
