package dev.tocsin.api.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method and a path, and what answers them.
 *
 * @param method upper case
 * @param pattern the decoded path below the prefix; its last element may be {@code :name}, which stands for one element
 *     that is not empty, or {@code *name}, which stands for the rest, empty or not
 * @param label the {@code handler} label of the request metrics
 * @param endpoint what answers; it finds the element as the request's parameter
 */
public record Route(String method, String pattern, String label, Endpoint endpoint) {
    /** A route whose label is its pattern. */
    public Route(String method, String pattern, Endpoint endpoint) {
        this(method, pattern, pattern, endpoint);
    }

    /** The parameters if the pattern fits {@code path}, else null. */
    @Nullable Map<String, String> parametersOf(String path) {
        int last = pattern.lastIndexOf('/') + 1;
        if (last == pattern.length() || (pattern.charAt(last) != ':' && pattern.charAt(last) != '*')) {
            return path.equals(pattern) ? Map.of() : null;
        }
        if (!path.startsWith(pattern.substring(0, last))) {
            return null;
        }
        String rest = path.substring(last);
        boolean oneElement = pattern.charAt(last) == ':';
        if (oneElement && (rest.isEmpty() || rest.indexOf('/') >= 0)) {
            return null;
        }
        return Map.of(pattern.substring(last + 1), rest);
    }
}
