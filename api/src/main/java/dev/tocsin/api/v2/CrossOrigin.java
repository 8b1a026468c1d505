package dev.tocsin.api.v2;

import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What pages of other origins may do: read and post, not delete (contract section 7.2). */
final class CrossOrigin {
    private static final Set<String> METHODS = Set.of("GET", "POST", "HEAD");
    private static final Set<String> HEADERS = Set.of("accept", "content-type", "x-requested-with");
    private static final String METHOD = "Access-Control-Request-Method";
    private static final String VARY = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

    private CrossOrigin() {}

    static boolean isPreflight(Request request) {
        String method = request.header(METHOD);
        return request.is("OPTIONS") && method != null && !method.isEmpty();
    }

    static Response preflight(Request request) {
        Response answer = Response.empty(204).with("Vary", VARY);
        String method = request.header(METHOD);
        String headers = request.headerList("Access-Control-Request-Headers");
        if (request.header("Origin") == null || method == null || !METHODS.contains(method) || !allows(headers)) {
            return answer;
        }
        answer = answer.with("Access-Control-Allow-Methods", method).with("Access-Control-Allow-Origin", "*");
        return headers == null || headers.isEmpty() ? answer : answer.with("Access-Control-Allow-Headers", headers);
    }

    private static boolean allows(@Nullable String headers) {
        if (headers == null || headers.isEmpty()) {
            return true;
        }
        for (String header : headers.split(",", -1)) {
            if (!HEADERS.contains(header.strip())) {
                return false;
            }
        }
        return true;
    }

    /** The answer with the headers that every answer of the API has. */
    static Response decorated(Request request, Response answer) {
        Response cached = answer.with("Cache-Control", "no-store").with("Vary", "Origin");
        boolean allowed = METHODS.contains(request.method()) || request.is("OPTIONS");
        return allowed && request.header("Origin") != null ? cached.with("Access-Control-Allow-Origin", "*") : cached;
    }
}
