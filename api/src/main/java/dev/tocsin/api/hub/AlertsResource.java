package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.AlertJson;
import dev.tocsin.api.hub.json.ExplanationJson;
import dev.tocsin.api.hub.request.AlertParameters;
import dev.tocsin.api.hub.request.Fields;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.Page;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /alerts} and {@code /explain}. Safe for all threads. */
final class AlertsResource {
    private static final int MAX_LABELS = 512;

    private final AlertService alerts;
    private final Clock clock;

    AlertsResource(AlertService alerts, Clock clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    List<HubOperation> operations() {
        return List.of(
                HubOperation.get(
                        "/alerts",
                        AlertParameters.and(AlertParameters.FILTER, AlertParameters.PAGE, "label"),
                        this::list),
                HubOperation.get("/alerts/{fingerprint}", Set.of(), this::show),
                HubOperation.get("/alerts/{fingerprint}/explain", Set.of("at"), this::explain),
                HubOperation.post("/explain", this::explainLabels));
    }

    private Response list(HubRequest request) throws ProblemException {
        Page<AlertView> page =
                alerts.list(AlertParameters.filter(request.query()), AlertParameters.page(request.query()));
        AlertJson writer = new AlertJson(clock.now(), request.query().all("label"));
        return Answers.object(json -> {
            writer.alerts(json, "alerts", page.items());
            json.writeStringField("nextPageToken", page.nextToken());
        });
    }

    private Response show(HubRequest request) {
        AlertView view = alerts.get(request.path("fingerprint"));
        AlertJson writer = new AlertJson(clock.now(), List.of());
        return Answers.object(json -> writer.fields(json, view));
    }

    private Response explain(HubRequest request) throws ProblemException {
        long fingerprint = AlertService.fingerprint("fingerprint", request.path("fingerprint"));
        return explain(Question.of(fingerprint), request.query().time("at"));
    }

    private Response explainLabels(HubRequest request) throws ProblemException {
        Fields body = request.body();
        Map<String, String> labels = body.map("labels");
        Instant at = body.time("at");
        body.done();
        if (labels.isEmpty() || labels.size() > MAX_LABELS) {
            throw ProblemException.at("body.labels", "must have from 1 to " + MAX_LABELS + " labels");
        }
        return explain(Question.of(LabelSet.of(labels).withoutEmptyValues()), at);
    }

    private Response explain(Question question, @Nullable Instant at) throws ProblemException {
        Explanation explanation =
                Patience.await(alerts.explain(at == null ? question : question.at(at)), Patience.USUAL);
        return Answers.object(json -> ExplanationJson.fields(json, explanation));
    }
}
