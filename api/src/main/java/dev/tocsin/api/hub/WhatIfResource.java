package dev.tocsin.api.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.HubJson;
import dev.tocsin.api.hub.request.Fields;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.MatcherInput;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.RouteService;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silences.MatcherDraft;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.ConfigDifference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /what-if}: what a configuration or a silence would change for the alerts that fire. Safe for all threads. */
final class WhatIfResource {
    /** Two sides of fifty thousand alerts. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final List<String> CANDIDATES = List.of("config", "silence", "expire");

    private final RouteService routes;
    private final MatcherInput matchers;

    WhatIfResource(RouteService routes, MatcherInput matchers) {
        this.routes = routes;
        this.matchers = matchers;
    }

    List<HubOperation> operations() {
        return List.of(HubOperation.post("/what-if", this::compare));
    }

    private Response compare(HubRequest request) throws ProblemException {
        Fields body = request.body();
        List<String> given = CANDIDATES.stream().filter(body::has).toList();
        if (given.size() != 1) {
            throw ProblemException.at("body", "must have one of " + String.join(", ", CANDIDATES));
        }
        String chosen = given.getFirst();
        Candidate candidate = switch (chosen) {
            case "config" -> new Candidate.ConfigurationText(body.text("config"));
            case "expire" -> new Candidate.EndedSilence(body.text("expire"));
            default -> new Candidate.NewSilence(List.of(compiled(body)));
        };
        int limit = body.whole("limit", 0);
        Instant from = body.time("from");
        Instant until = body.time("until");
        body.done();
        if (from != null || until != null) {
            candidate = inPast(candidate, from, until);
        }
        try {
            Comparison comparison = Patience.await(routes.whatIf(candidate, limit), BOUND);
            return Answers.object(json -> fields(json, comparison));
        } catch (ServiceException e) {
            if (!e.reason().equals("INVALID_CANDIDATE")) {
                throw e;
            }
            throw ProblemException.at(
                    body.where(chosen), e.violations().getFirst().description());
        }
    }

    private static Candidate inPast(Candidate candidate, @Nullable Instant from, @Nullable Instant until)
            throws ProblemException {
        if (from == null || until == null || !from.isBefore(until)) {
            throw ProblemException.at("body.from", "must be given with until, and be before it");
        }
        return new Candidate.InPast(candidate, from, until);
    }

    private List<Matcher> compiled(Fields body) throws ProblemException {
        List<Matcher> compiled = new ArrayList<>();
        for (MatcherDraft draft : matchers.read(body, "silence")) {
            try {
                compiled.add(Matcher.of(draft.name(), MatchType.of(draft.isRegex(), draft.isEqual()), draft.value()));
            } catch (InvalidMatcherException e) {
                throw ProblemException.at(
                        body.where("silence") + "[" + compiled.size() + "]", String.valueOf(e.getMessage()));
            }
        }
        if (compiled.isEmpty()) {
            throw ProblemException.at(body.where("silence"), "must have at least one matcher");
        }
        return compiled;
    }

    private static void fields(JsonGenerator json, Comparison comparison) throws IOException {
        json.writeStringField("sentence", comparison.sentence());
        HubJson.time(json, "at", comparison.at());
        json.writeBooleanField("hasEffect", comparison.hasEffect());
        json.writeNumberField("alerts", comparison.alerts());
        json.writeNumberField("alertsChanged", comparison.alertsChanged());
        json.writeNumberField("alertsToldAgain", comparison.alertsToldAgain());
        json.writeNumberField("groupsStopped", comparison.groupsStopped());
        json.writeNumberField("groupsStarted", comparison.groupsStarted());
        json.writeArrayFieldStart("changedAlerts");
        for (Comparison.AlertChange change : comparison.changedAlerts()) {
            json.writeStartObject();
            json.writeStringField("fingerprint", LabelSet.fingerprintText(change.fingerprint()));
            HubJson.labels(json, "labels", change.labels());
            HubJson.texts(json, "lost", change.lost());
            HubJson.texts(json, "gained", change.gained());
            HubJson.texts(json, "toldAgain", change.toldAgain());
            json.writeStringField("reason", change.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        groups(json, comparison.changedGroups());
        json.writeArrayFieldStart("receivers");
        for (Comparison.ReceiverChange change : comparison.receivers()) {
            json.writeStartObject();
            json.writeStringField("receiver", change.receiver());
            json.writeNumberField("alertsNow", change.alertsNow());
            json.writeNumberField("alertsThen", change.alertsThen());
            json.writeEndObject();
        }
        json.writeEndArray();
        differences(json, comparison.differences());
    }

    private static void groups(JsonGenerator json, List<Comparison.GroupChange> changes) throws IOException {
        json.writeArrayFieldStart("changedGroups");
        for (Comparison.GroupChange change : changes) {
            json.writeStartObject();
            json.writeStringField("groupKey", change.groupKey());
            json.writeStringField("receiver", change.receiver());
            json.writeBooleanField("notifiesNow", change.notifiesNow());
            json.writeBooleanField("wouldNotify", change.wouldNotify());
            json.writeNumberField("alerts", change.alerts());
            json.writeStringField("reason", change.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void differences(JsonGenerator json, List<ConfigDifference> differences) throws IOException {
        json.writeArrayFieldStart("differences");
        for (ConfigDifference difference : differences) {
            json.writeStartObject();
            json.writeStringField("what", difference.what());
            json.writeStringField("name", difference.name());
            json.writeStringField("change", difference.change().name().toLowerCase(Locale.ROOT));
            json.writeStringField("detail", difference.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
