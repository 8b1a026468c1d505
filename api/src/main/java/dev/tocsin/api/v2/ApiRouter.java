package dev.tocsin.api.v2;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Endpoint;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the API (contract section 7.2): finds the operation, checks media types, and puts the common headers on
 * every answer. Paths are compared as the client wrote them, a slash at the end is allowed. Immutable; safe for all
 * threads.
 */
final class ApiRouter implements Router {
    /** The label of requests that are no operation's; their paths are the clients' invention and unbounded. */
    private static final String UNKNOWN = "/api/v2/*";

    private final List<Operation> operations;
    private final Answers answers;

    ApiRouter(List<Operation> operations, Answers answers) {
        this.operations = List.copyOf(operations);
        this.answers = answers;
    }

    @Override
    public Match match(Request request) {
        String path = withoutSlash(request.rawPath());
        List<Operation> found = new ArrayList<>(2);
        for (Operation operation : operations) {
            if (operation.fits(path)) {
                found.add(operation);
            }
        }
        String label = found.isEmpty() ? UNKNOWN : found.getFirst().label();
        if (CrossOrigin.isPreflight(request)) {
            return new Match(label, false, always(CrossOrigin.preflight(request)));
        }
        if (found.isEmpty()) {
            String message = "path " + request.rawPath() + " was not found";
            return new Match(label, false, decorated(always(answers.problem(404, message))));
        }
        for (Operation operation : found) {
            if (request.is(operation.method())) {
                return new Match(label, false, decorated(checked(operation)));
            }
        }
        return new Match(label, false, decorated(always(notAllowed(request, found))));
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Response notAllowed(Request request, List<Operation> found) {
        List<String> methods = new ArrayList<>();
        for (Operation operation : found) {
            methods.add(operation.method());
        }
        Collections.sort(methods);
        String allowed = String.join(",", methods);
        return answers.problem(405, "method " + request.method() + " is not allowed, but [" + allowed + "] are")
                .with("Allow", allowed);
    }

    private static Endpoint always(Response response) {
        return (AsyncHandler) request -> CompletableFuture.completedFuture(response);
    }

    private static Endpoint decorated(Endpoint endpoint) {
        return switch (endpoint) {
            case Handler handler -> (Handler) request -> CrossOrigin.decorated(request, handler.handle(request));
            case AsyncHandler handler ->
                (AsyncHandler)
                        request -> handler.handle(request).thenApply(answer -> CrossOrigin.decorated(request, answer));
        };
    }

    /** The operation behind the checks of body and media types. */
    private Endpoint checked(Operation operation) {
        return switch (operation.endpoint()) {
            case Handler handler ->
                (Handler) request -> {
                    Response refusal = refusal(operation, request);
                    return refusal != null ? refusal : handler.handle(bound(operation, request));
                };
            case AsyncHandler handler ->
                (AsyncHandler) request -> {
                    Response refusal = refusal(operation, request);
                    return refusal != null
                            ? CompletableFuture.completedFuture(refusal)
                            : handler.handle(bound(operation, request));
                };
        };
    }

    private @Nullable Response refusal(Operation operation, Request request) {
        if (request.body().length() > 0) {
            Response refusal = typeRefusal(request.header("Content-Type"));
            if (refusal != null) {
                return refusal;
            }
        }
        if (!MediaTypes.admitsJson(request.headerList("Accept"))) {
            return answers.problem(406, "unsupported media type requested, only [application/json] are available");
        }
        if (operation.bodyName() != null && request.body().length() == 0) {
            return answers.problem(422, 602, operation.bodyName() + " in body is required");
        }
        return null;
    }

    private @Nullable Response typeRefusal(@Nullable String header) {
        String type = MediaTypes.type(header);
        if (type.equals("application/json")) {
            return null;
        }
        if (type.indexOf('/') < 0) {
            return answers.problem(
                    400,
                    "parsing Content-Type header from \"" + header + "\" failed, because mediatype: malformed: \""
                            + header + "\" has no subtype");
        }
        return answers.problem(415, "unsupported media type \"" + type + "\", only [application/json] are allowed");
    }

    private static Request bound(Operation operation, Request request) {
        String name = operation.parameterName();
        return name == null
                ? request
                : request.withParameters(Map.of(name, operation.parameter(withoutSlash(request.path()))));
    }
}
