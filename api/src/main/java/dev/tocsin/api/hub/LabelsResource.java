package dev.tocsin.api.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.request.AlertParameters;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.Filters;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /labels}: which labels the alerts have, and which values, by how many alerts. Safe for all threads. */
final class LabelsResource {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Hub hub;
    private final Filters filters;

    /** A label with how many alerts have it and how many values it has. */
    private record Count(String text, int alerts, int values) {}

    LabelsResource(Hub hub, Filters filters) {
        this.hub = hub;
        this.filters = filters;
    }

    List<HubOperation> operations() {
        Set<String> parameters = AlertParameters.and(AlertParameters.FILTER, Set.of("limit", "prefix"));
        return List.of(
                HubOperation.get("/labels", parameters, this::names),
                HubOperation.get("/labels/{name}", parameters, this::values));
    }

    private List<AlertView> alerts(HubRequest request) throws ProblemException {
        return hub.alerts(filters.alerts(AlertParameters.filter(request.query())));
    }

    private static int limit(HubRequest request) throws ProblemException {
        int limit = request.query().whole("limit", USUAL);
        if (limit < 1 || limit > MOST) {
            throw ProblemException.at("query.limit", "must be from 1 to " + MOST);
        }
        return limit;
    }

    private Response names(HubRequest request) throws ProblemException {
        int limit = limit(request);
        String prefix = request.query().text("prefix");
        List<AlertView> alerts = alerts(request);
        Map<String, int[]> counts = new HashMap<>();
        Map<String, Set<String>> values = new HashMap<>();
        for (AlertView view : alerts) {
            LabelSet labels = view.alert().labels();
            for (int i = 0; i < labels.size(); i++) {
                if (labels.name(i).startsWith(prefix)) {
                    counts.computeIfAbsent(labels.name(i), name -> new int[1])[0]++;
                    values.computeIfAbsent(labels.name(i), name -> new HashSet<>())
                            .add(labels.value(i));
                }
            }
        }
        List<Count> found = new ArrayList<>();
        counts.forEach((name, count) -> found.add(
                new Count(name, count[0], values.getOrDefault(name, Set.of()).size())));
        return Answers.object(json -> {
            json.writeNumberField("alerts", alerts.size());
            json.writeNumberField("total", found.size());
            write(json, "labels", "name", mostFirst(found, limit), true);
        });
    }

    private Response values(HubRequest request) throws ProblemException {
        int limit = limit(request);
        String prefix = request.query().text("prefix");
        String name = request.path("name");
        Map<String, int[]> counts = new HashMap<>();
        int having = 0;
        for (AlertView view : alerts(request)) {
            String value = view.alert().labels().find(name);
            if (value != null && value.startsWith(prefix)) {
                having++;
                counts.computeIfAbsent(value, any -> new int[1])[0]++;
            }
        }
        int alerts = having;
        List<Count> found = new ArrayList<>();
        counts.forEach((value, count) -> found.add(new Count(value, count[0], 1)));
        return Answers.object(json -> {
            json.writeStringField("name", name);
            json.writeNumberField("alerts", alerts);
            json.writeNumberField("total", found.size());
            write(json, "values", "value", mostFirst(found, limit), false);
        });
    }

    private static List<Count> mostFirst(List<Count> counts, int limit) {
        counts.sort((a, b) ->
                a.alerts() != b.alerts() ? b.alerts() - a.alerts() : a.text().compareTo(b.text()));
        return counts.subList(0, Math.min(limit, counts.size()));
    }

    private static void write(JsonGenerator json, String field, String key, List<Count> counts, boolean values)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Count count : counts) {
            json.writeStartObject();
            json.writeStringField(key, count.text());
            json.writeNumberField("alerts", count.alerts());
            if (values) {
                json.writeNumberField("values", count.values());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
