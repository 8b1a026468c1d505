package dev.tocsin.api.hub.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The place of a stream in all of its views, as one text: {@code alerts=cursor;silences=cursor}. */
public final class StreamPlace {
    private static final int MAX_LENGTH = 64 << 10;

    private StreamPlace() {}

    /** Views without a place are left out. */
    public static String text(List<Channel<?>> channels) {
        StringBuilder text = new StringBuilder();
        for (Channel<?> channel : channels) {
            if (!channel.cursor().isEmpty()) {
                text.append(text.isEmpty() ? "" : ";")
                        .append(channel.name())
                        .append('=')
                        .append(channel.cursor());
            }
        }
        return text.toString();
    }

    /**
     * The cursors by view; none for views that are not named.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Map<String, String> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("too long");
        }
        Map<String, String> cursors = new HashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1 || cursors.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("not a place");
            }
        }
        return cursors;
    }
}
