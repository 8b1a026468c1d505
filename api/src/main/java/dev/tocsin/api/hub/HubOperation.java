package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.ProblemException;
import java.util.Set;

/**
 * A method on a path of the hub API.
 *
 * @param parameters the names that its query may have
 * @param takesBody whether it needs a JSON body
 * @param live whether its answers last
 * @param handler what answers; it may block
 */
record HubOperation(
        String method, PathTemplate path, Set<String> parameters, boolean takesBody, boolean live, Handler handler) {
    /** Answers requests. Safe for all threads. */
    @FunctionalInterface
    interface Handler {
        /**
         * The answer.
         *
         * @throws ProblemException if the request cannot be answered as asked
         */
        Response handle(HubRequest request) throws ProblemException;
    }

    static HubOperation get(String path, Set<String> parameters, Handler handler) {
        return new HubOperation("GET", new PathTemplate(path), parameters, false, false, handler);
    }

    /** A GET whose answer lasts. */
    static HubOperation live(String path, Set<String> parameters, Handler handler) {
        return new HubOperation("GET", new PathTemplate(path), parameters, false, true, handler);
    }

    static HubOperation post(String path, Handler handler) {
        return new HubOperation("POST", new PathTemplate(path), Set.of(), true, false, handler);
    }
}
