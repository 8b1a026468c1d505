package dev.tocsin.api.hub;

import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.LiveHandler;
import dev.tocsin.api.http.QueryParameters;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.JsonBody;
import dev.tocsin.api.hub.request.Parameters;
import dev.tocsin.api.hub.request.Problem;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.hub.request.ServiceProblems;
import dev.tocsin.api.service.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the hub API: finds the operation, refuses what it does not know, and puts the common headers on every
 * answer. Sees paths from {@code /api/hub/v1/} on. Immutable; safe for all threads.
 */
final class HubRouter implements Router {
    static final String ROOT = "/api/hub/v1";

    /** The label of requests that are no operation's; their paths are the clients' invention and unbounded. */
    private static final String UNKNOWN = ROOT + "/*";

    private final List<HubOperation> operations;
    private final SameOrigin origin;
    private final JsonBody bodies = new JsonBody();

    HubRouter(List<HubOperation> operations, SameOrigin origin) {
        this.operations = List.copyOf(operations);
        this.origin = origin;
    }

    @Override
    public Match match(Request request) {
        String path = request.rawPath().substring(ROOT.length());

        TreeSet<String> methods = new TreeSet<>();
        String label = UNKNOWN;
        for (HubOperation operation : operations) {
            Map<String, String> values = operation.path().match(path);
            if (values != null) {
                label = ROOT + operation.path().text();
                if (request.is(operation.method())) {
                    Handler handler = asked -> decorated(answer(operation, values, asked));
                    return new Match(label, false, operation.live() ? (LiveHandler) handler::handle : handler);
                }
                methods.add(operation.method());
            }
        }
        Response refusal = methods.isEmpty() ? notFound(request) : notAllowed(request, String.join(", ", methods));
        return new Match(label, false, (Handler) asked -> decorated(refusal));
    }

    private static Response notFound(Request request) {
        return new Problem(404, "NO_SUCH_PATH", request.path() + " is not known; see " + ROOT + "/openapi.json")
                .response();
    }

    private static Response notAllowed(Request request, String methods) {
        String detail = request.method() + " is not offered; " + methods + " is";
        return new Problem(405, "METHOD_NOT_ALLOWED", detail).response().with("Allow", methods);
    }

    private static Response decorated(Response answer) {
        return answer.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
    }

    private Response answer(HubOperation operation, Map<String, String> values, Request request) {
        try {
            check(operation, request);
            return operation.handler().handle(new HubRequest(request, values, new Parameters(request.query()), bodies));
        } catch (ProblemException e) {
            return e.problem().response();
        } catch (ServiceException e) {
            return ServiceProblems.of(e, place(e, values, request)).response();
        }
    }

    /** Where the field is that a service refuses. */
    private static String place(ServiceException refused, Map<String, String> values, Request request) {
        boolean inPath = !refused.violations().isEmpty()
                && values.containsKey(refused.violations().getFirst().field());
        return inPath ? "path" : request.is("GET") ? "query" : "body";
    }

    private void check(HubOperation operation, Request request) throws ProblemException {
        if (!request.is("GET")) {
            Problem foreign = origin.refusal(request);
            if (foreign != null) {
                throw new ProblemException(foreign);
            }
        }
        QueryParameters query = request.query();
        if (!query.complete()) {
            throw ProblemException.at("query", "is malformed: a percent sign without two digits, or a bare semicolon");
        }
        for (String name : query.names()) {
            if (!operation.parameters().contains(name)) {
                throw ProblemException.at("query." + name, "is not known here");
            }
        }
        if (operation.takesBody() && !isJson(request.header("Content-Type"))) {
            throw new ProblemException(
                    new Problem(415, "NOT_JSON", "the body must be JSON: send Content-Type: application/json"));
        }
        if (!operation.takesBody() && request.body().length() > 0) {
            throw ProblemException.at("body", "is not taken here");
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }
}
