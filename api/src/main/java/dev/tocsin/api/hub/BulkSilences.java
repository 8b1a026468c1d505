package dev.tocsin.api.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.request.Fields;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.MatcherInput;
import dev.tocsin.api.hub.request.Problem;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.silence.Silences;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /silences/bulk}: many silences are made, changed or expired by one request. If anything in it is wrong, all of it
 * is refused and nothing happens; after that each item succeeds or fails by itself. Safe for all threads.
 */
final class BulkSilences {
    /** The most silences to set, and the most to expire, by one request. */
    static final int MAX_ITEMS = 1000;

    private final Hub hub;
    private final SilenceService silences;
    private final MatcherInput matchers;

    /** What came of an item; {@code error} is null if it went well. */
    private record Done(String id, @Nullable String error) {}

    BulkSilences(Hub hub, SilenceService silences, MatcherInput matchers) {
        this.hub = hub;
        this.silences = silences;
        this.matchers = matchers;
    }

    List<HubOperation> operations() {
        return List.of(HubOperation.post("/silences/bulk", this::change));
    }

    private Response change(HubRequest request) throws ProblemException {
        Fields body = request.body();
        List<Silences.Draft> drafts = new ArrayList<>();
        List<Problem.Place> wrong = new ArrayList<>();
        for (Object element : body.list("set", MAX_ITEMS)) {
            String place = body.where("set") + "[" + drafts.size() + "]";
            Silences.Draft draft = draft(Fields.object(place, element));
            drafts.add(draft);
            String error = hub.silences().check(draft);
            if (error != null) {
                wrong.add(new Problem.Place(place, error));
            }
        }
        List<String> ids = new ArrayList<>();
        for (Object element : body.list("expire", MAX_ITEMS)) {
            String place = body.where("expire") + "[" + ids.size() + "]";
            if (!(element instanceof String id)) {
                throw ProblemException.at(place, "must be the id of a silence");
            }
            if (hub.silences().find(id) == null) {
                wrong.add(new Problem.Place(place, "there is no silence " + id));
            }
            ids.add(id);
        }
        body.done();
        if (drafts.isEmpty() && ids.isEmpty()) {
            throw ProblemException.at("body", "must have something to set or to expire");
        }
        if (!wrong.isEmpty()) {
            String detail =
                    wrong.size() + " of " + (drafts.size() + ids.size()) + " items are refused, so nothing is done";
            throw new ProblemException(new Problem(400, "INVALID", detail, wrong));
        }
        return done(drafts, ids);
    }

    private Silences.Draft draft(Fields fields) throws ProblemException {
        String id = fields.optionalText("id");
        List<Silences.MatcherDraft> wanted;
        try {
            wanted = matchers.read(fields, "matchers");
        } catch (ServiceException e) {
            throw ProblemException.at(
                    fields.where("matchers"), e.violations().getFirst().description());
        }
        Instant startsAt = fields.time("startsAt");
        Instant endsAt = fields.time("endsAt");
        if (endsAt == null) {
            throw ProblemException.at(fields.where("endsAt"), "is required");
        }
        Silences.Draft draft = new Silences.Draft(
                id == null ? "" : id,
                wanted,
                startsAt,
                endsAt,
                fields.text("createdBy"),
                fields.text("comment"),
                fields.map("annotations"));
        fields.done();
        return draft;
    }

    /** Begins everything before it waits for the first, so that one write to the disk serves many. */
    private Response done(List<Silences.Draft> drafts, List<String> ids) {
        List<CompletionStage<String>> sets = new ArrayList<>();
        drafts.forEach(draft -> sets.add(begun(() -> silences.upsert(draft))));
        List<CompletionStage<Void>> expiries = new ArrayList<>();
        ids.forEach(id -> expiries.add(begun(() -> silences.expire(id))));
        List<Done> set = new ArrayList<>();
        for (CompletionStage<String> stage : sets) {
            set.add(awaited("", stage));
        }
        List<Done> expired = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            expired.add(awaited(ids.get(i), expiries.get(i)));
        }
        return Answers.object(json -> {
            write(json, "set", set);
            write(json, "expire", expired);
        });
    }

    private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ServiceException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Done awaited(String id, CompletionStage<?> stage) {
        try {
            Object value = Patience.await(stage, Patience.USUAL);
            return new Done(value instanceof String made ? made : id, null);
        } catch (ServiceException e) {
            return new Done(id, e.text());
        } catch (ProblemException e) {
            return new Done(id, e.problem().detail());
        }
    }

    private static void write(JsonGenerator json, String field, List<Done> items) throws IOException {
        json.writeArrayFieldStart(field);
        for (Done item : items) {
            json.writeStartObject();
            json.writeStringField("id", item.id());
            json.writeBooleanField("ok", item.error() == null);
            if (item.error() != null) {
                json.writeStringField("error", item.error());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
