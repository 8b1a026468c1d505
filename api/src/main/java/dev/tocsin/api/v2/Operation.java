package dev.tocsin.api.v2;

import dev.tocsin.api.http.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * A method on a path of the API.
 *
 * @param path below {@code /api/v2}; its last element may be a name in braces, which stands for one element
 * @param bodyName what the body is called in errors; null if the operation takes none
 */
record Operation(String method, String path, @Nullable String bodyName, Endpoint endpoint) {
    private static final String ROOT = "/api/v2";

    /** The whole path, which is also the {@code handler} label. */
    String label() {
        return ROOT + path;
    }

    /** Whether {@code rawPath}, which does not end in a slash, is the operation's. */
    boolean fits(String rawPath) {
        String label = label();
        int brace = label.indexOf('{');
        if (brace < 0) {
            return rawPath.equals(label);
        }
        return rawPath.length() > brace
                && rawPath.startsWith(label.substring(0, brace))
                && rawPath.indexOf('/', brace) < 0;
    }

    /** The name in braces, or null. */
    @Nullable String parameterName() {
        int brace = path.indexOf('{');
        return brace < 0 ? null : path.substring(brace + 1, path.length() - 1);
    }

    /** The element of {@code path}, decoded, that stands where the braces are. */
    String parameter(String decodedPath) {
        return decodedPath.substring(label().indexOf('{'));
    }
}
