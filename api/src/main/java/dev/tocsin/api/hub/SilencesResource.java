package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.AlertJson;
import dev.tocsin.api.hub.json.SilenceJson;
import dev.tocsin.api.hub.request.AlertParameters;
import dev.tocsin.api.hub.request.Fields;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.MatcherInput;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.Page;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.api.service.SilenceView;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences.MatcherDraft;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code /silences}, but for changes. Safe for all threads. */
final class SilencesResource {
    private final SilenceService silences;
    private final MatcherInput matchers;
    private final Clock clock;

    SilencesResource(SilenceService silences, MatcherInput matchers, Clock clock) {
        this.silences = silences;
        this.matchers = matchers;
        this.clock = clock;
    }

    List<HubOperation> operations() {
        return List.of(
                HubOperation.get(
                        "/silences", AlertParameters.and(AlertParameters.PAGE, Set.of("filter", "state")), this::list),
                HubOperation.post("/silences/preview", this::preview),
                HubOperation.get("/silences/{id}", Set.of(), this::show));
    }

    private Response list(HubRequest request) throws ProblemException {
        SilenceService.Query query = new SilenceService.Query(
                request.query().all("filter"), states(request.query().all("state")));
        Page<SilenceView> page = silences.list(query, AlertParameters.page(request.query()));
        return Answers.object(json -> {
            json.writeArrayFieldStart("silences");
            for (SilenceView view : page.items()) {
                SilenceJson.silence(json, view);
            }
            json.writeEndArray();
            json.writeStringField("nextPageToken", page.nextToken());
        });
    }

    static Set<Silence.State> states(List<String> names) throws ProblemException {
        Set<Silence.State> states = EnumSet.noneOf(Silence.State.class);
        for (String name : names) {
            states.add(
                    switch (name) {
                        case "active" -> Silence.State.ACTIVE;
                        case "pending" -> Silence.State.PENDING;
                        case "expired" -> Silence.State.EXPIRED;
                        default -> throw ProblemException.at("query.state", "must be active, pending or expired");
                    });
        }
        return states;
    }

    private Response show(HubRequest request) {
        SilenceView view = silences.get(request.path("id"));
        return Answers.object(json -> SilenceJson.fields(json, view));
    }

    private Response preview(HubRequest request) throws ProblemException {
        Fields body = request.body();
        List<MatcherDraft> drafts = matchers.read(body, "matchers");
        int limit = body.whole("limit", 0);
        body.done();
        SilenceService.Preview preview = silences.preview(drafts, limit);
        AlertJson writer = new AlertJson(clock.now(), List.of());
        return Answers.object(json -> {
            json.writeNumberField("matched", preview.matched());
            json.writeNumberField("newlySilenced", preview.newlySilenced());
            writer.alerts(json, "alerts", preview.alerts());
        });
    }
}
