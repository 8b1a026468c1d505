package dev.tocsin.notifiers.payload;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values in the form {@code application/x-www-form-urlencoded} as Go writes it: sorted by name, a plus for a blank. Not for
 * several threads.
 */
public final class FormText {
    private final Map<String, String> values = new TreeMap<>();

    /** No values yet. */
    public FormText() {}

    /** Puts a value in, instead of an earlier one of that name. */
    public FormText add(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** A text as it stands in a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** All values, encoded. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        values.forEach((name, value) -> out.append(out.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return out.toString();
    }
}
