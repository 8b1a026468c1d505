package dev.tocsin.api.v2;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Accept and Content-Type mean for an API that speaks JSON alone (contract section 7.2). */
final class MediaTypes {
    private MediaTypes() {}

    /** Whether an Accept header, null if there is none, admits {@code application/json}. */
    static boolean admitsJson(@Nullable String accept) {
        if (accept == null) {
            return true;
        }
        for (String item : accept.split(",", -1)) {
            String[] parts = item.split(";", -1);
            String range = parts[0].strip().toLowerCase(Locale.ROOT);
            boolean covers = range.equals("*/*") || range.equals("application/*") || range.equals("application/json");
            if (covers && weight(parts) > 0) {
                return true;
            }
        }
        return false;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /** The type of a Content-Type header without parameters, lower case; what Go assumes if there is none. */
    static String type(@Nullable String contentType) {
        String value = contentType == null ? "" : contentType;
        int semicolon = value.indexOf(';');
        String type = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
        return type.isEmpty() ? "application/octet-stream" : type.toLowerCase(Locale.ROOT);
    }
}
