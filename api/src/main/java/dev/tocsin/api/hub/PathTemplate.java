package dev.tocsin.api.hub;

import dev.tocsin.api.http.PercentEncoding;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path such as {@code /alerts/{fingerprint}/explain}: each name in braces stands for one element, percent signs decoded.
 *
 * @param text begins with a slash, does not end with one
 */
record PathTemplate(String text) {
    /**
     * The values of the names.
     *
     * @param rawPath as the client wrote it, without a slash at the end
     * @return null if the path is another one
     */
    @Nullable Map<String, String> match(String rawPath) {
        String[] wanted = text.split("/", -1);
        String[] given = rawPath.split("/", -1);
        if (wanted.length != given.length) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                String value = PercentEncoding.decode(given[i], false);
                if (value == null || value.isEmpty()) {
                    return null;
                }
                values.put(wanted[i].substring(1, wanted[i].length() - 1), value);
            } else if (!wanted[i].equals(given[i])) {
                return null;
            }
        }
        return values;
    }
}
