package dev.tocsin.api.v2;

import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.GroupView;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.ingest.AlertDecoder;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.DecodeResult;
import dev.tocsin.core.matcher.InvalidMatcherException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code /alerts} and {@code /alerts/groups} (contract sections 4.1, 7.6 and 7.7). Safe for all threads. */
final class AlertsResource {
    private final Hub hub;
    private final AlertDecoder decoder;
    private final AlertQuery query;
    private final ZoneId zone;
    private final GoJson style;
    private final Answers answers;

    AlertsResource(Hub hub, AlertDecoder decoder, AlertQuery query, ZoneId zone, GoJson style, Answers answers) {
        this.style = style;
        this.hub = hub;
        this.decoder = decoder;
        this.query = query;
        this.zone = zone;
        this.answers = answers;
    }

    Response list(Request request) {
        AlertFilter filter;
        try {
            filter = query.filter(request.query());
        } catch (InvalidMatcherException e) {
            return answers.error(400, Objects.requireNonNullElse(e.getMessage(), ""));
        }
        List<AlertView> alerts = hub.alerts(filter);
        return answers.stream(json -> new AlertJson(style, json, zone).alerts(alerts));
    }

    Response groups(Request request) {
        AlertFilter filter;
        try {
            filter = query.filter(request.query());
        } catch (InvalidMatcherException e) {
            return answers.error(400, Objects.requireNonNullElse(e.getMessage(), ""));
        }
        List<GroupView> groups = hub.groups(filter);
        return answers.stream(json -> new AlertJson(style, json, zone).groups(groups));
    }

    CompletionStage<Response> post(Request request) {
        byte[] body = request.body().copy();
        return switch (decoder.decode(body, 0, body.length)) {
            case DecodeResult.Refused refused ->
                CompletableFuture.completedFuture(
                        answers.problem(refused.httpStatus(), refused.code(), refused.message()));
            case DecodeResult.Decoded decoded ->
                hub.ingest(decoded.alerts(), source(request)).handle(this::stored);
        };
    }

    private Response stored(List<String> refusals, Throwable failure) {
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return answers.error(500, Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        }
        return refusals.isEmpty() ? Response.empty(200) : answers.error(400, String.join("\n", refusals));
    }

    private static AlertSource source(Request request) {
        return new AlertSource(request.remoteAddress(), Objects.requireNonNullElse(request.header("User-Agent"), ""));
    }
}
