package dev.tocsin.api.v2;

import dev.tocsin.api.http.QueryParameters;
import java.util.Locale;

/** Reads booleans in queries as Alertmanager does (contract section 7.2): garbage is false, nothing is the default. */
final class QueryFlags {
    private QueryFlags() {}

    /** The last value of {@code name}; true if there is none or it is empty. */
    static boolean trueUnlessDenied(QueryParameters query, String name) {
        String value = query.last(name);
        return value == null || value.isEmpty() || means(value);
    }

    private static boolean means(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled" -> true;
            default -> false;
        };
    }
}
