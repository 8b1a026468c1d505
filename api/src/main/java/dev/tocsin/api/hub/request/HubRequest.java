package dev.tocsin.api.hub.request;

import dev.tocsin.api.http.Request;
import java.util.Map;

/**
 * A request to an operation.
 *
 * @param path what stands where the operation's path has names in braces
 * @param query the parameters; only such as the operation knows
 */
public record HubRequest(Request request, Map<String, String> path, Parameters query, JsonBody reader) {
    /** The value of a name in the operation's path. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the operation has no {" + name + "}");
        }
        return value;
    }

    /** The fields of the body; read at each call. */
    public Fields body() throws ProblemException {
        return reader.read(request);
    }
}
