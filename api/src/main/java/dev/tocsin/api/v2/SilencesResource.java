package dev.tocsin.api.v2;

import dev.tocsin.api.http.QueryParameters;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /silences} and {@code /silence/{silenceID}} (contract section 7.8). Safe for all threads. */
final class SilencesResource {
    private final Hub hub;
    private final SilenceDecoder decoder = new SilenceDecoder();
    private final AlertQuery query;
    private final Clock clock;
    private final GoJson style;
    private final Answers answers;

    SilencesResource(Hub hub, AlertQuery query, Clock clock, GoJson style, Answers answers) {
        this.style = style;
        this.hub = hub;
        this.query = query;
        this.clock = clock;
        this.answers = answers;
    }

    Response list(Request request) {
        QueryParameters parameters = request.query();
        List<Matcher> filter;
        try {
            filter = query.matchers(parameters);
        } catch (InvalidMatcherException e) {
            return answers.error(400, Objects.requireNonNullElse(e.getMessage(), ""));
        }
        boolean active = QueryFlags.trueUnlessDenied(parameters, "active");
        boolean expired = QueryFlags.trueUnlessDenied(parameters, "expired");
        boolean pending = QueryFlags.trueUnlessDenied(parameters, "pending");
        Instant now = clock.now();
        List<Silence> chosen = new ArrayList<>();
        for (Silence silence : hub.silences().list(filter)) {
            boolean wanted = switch (Silences.state(silence, now)) {
                case ACTIVE -> active;
                case EXPIRED -> expired;
                case PENDING -> pending;
            };
            if (wanted) {
                Response trouble = unshowable(silence);
                if (trouble != null) {
                    return trouble;
                }
                chosen.add(silence);
            }
        }
        return answers.stream(json -> {
            SilenceJson writer = new SilenceJson(style, json, now);
            json.writeStartArray();
            for (Silence silence : chosen) {
                writer.silence(silence);
            }
            json.writeEndArray();
        });
    }

    Response show(Request request) {
        String id = request.parameter("silenceID");
        if (!Uuids.isUuid(id)) {
            return notAnId(id);
        }
        Silence silence = hub.silences().find(id);
        if (silence == null) {
            return Response.empty(404);
        }
        Response trouble = unshowable(silence);
        return trouble != null
                ? trouble
                : answers.value(200, json -> new SilenceJson(style, json, clock.now()).silence(silence));
    }

    CompletionStage<Response> post(Request request) {
        return switch (decoder.decode(request.body().copy())) {
            case SilenceDecoder.Refused refused ->
                CompletableFuture.completedFuture(answers.problem(refused.status(), refused.code(), refused.message()));
            case SilenceDecoder.Decoded decoded ->
                hub.silences().set(decoded.draft()).thenApply(this::stored);
        };
    }

    private Response stored(Silences.SetResult result) {
        return switch (result) {
            case Silences.SetResult.Stored stored ->
                answers.value(200, json -> {
                    json.writeStartObject();
                    json.writeStringField("silenceID", stored.id());
                    json.writeEndObject();
                });
            case Silences.SetResult.NotFound missing -> answers.error(404, "silence not found");
            case Silences.SetResult.Refused refused -> answers.error(400, refused.message());
        };
    }

    CompletionStage<Response> delete(Request request) {
        String id = request.parameter("silenceID");
        if (!Uuids.isUuid(id)) {
            return CompletableFuture.completedFuture(notAnId(id));
        }
        return hub.silences().expire(id).thenApply(known -> Response.empty(known ? 200 : 404));
    }

    private Response notAnId(String id) {
        return answers.problem(422, 601, "silenceID in path must be of type uuid: \"" + id + "\"");
    }

    /** The API has no form for silences with several matcher sets. */
    private @Nullable Response unshowable(Silence silence) {
        if (silence.matcherSets().size() == 1) {
            return null;
        }
        return answers.error(
                500,
                "silence '" + silence.id() + "' has multiple matcher sets which is not supported by this API version");
    }
}
