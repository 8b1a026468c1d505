package dev.tocsin.api.hub.request;

import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.time.PrometheusDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that a client sent. Each is taken by its name and type; {@link #done} refuses those that nobody
 * has taken, so that a misspelt field is heard of. For one thread.
 */
public final class Fields {
    private final String where;
    private final Map<String, @Nullable Object> values;
    private final Set<String> taken = new HashSet<>();

    /** @param where the object's place, such as {@code body.create[2]} */
    public Fields(String where, Map<String, @Nullable Object> values) {
        this.where = where;
        this.values = values;
    }

    /** The place of a field. */
    public String where(String name) {
        return where + "." + name;
    }

    /** Whether there is a field that is not null. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    private @Nullable Object take(String name) {
        taken.add(name);
        return values.get(name);
    }

    /** A text that must be there. */
    public String text(String name) throws ProblemException {
        String text = optionalText(name);
        if (text == null) {
            throw ProblemException.at(where(name), "is required");
        }
        return text;
    }

    /** A text, or null if it is missing. */
    public @Nullable String optionalText(String name) throws ProblemException {
        Object value = take(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw ProblemException.at(where(name), "must be a text");
    }

    /** A boolean; {@code otherwise} if it is missing. */
    public boolean flag(String name, boolean otherwise) throws ProblemException {
        return switch (take(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            default -> throw ProblemException.at(where(name), "must be true or false");
        };
    }

    /** A whole number of 32 bits; {@code otherwise} if it is missing. */
    public int whole(String name, int otherwise) throws ProblemException {
        Object value = take(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long number && number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE) {
            return Math.toIntExact(number);
        }
        throw ProblemException.at(where(name), "must be a whole number");
    }

    /** A time, or null if it is missing. */
    public @Nullable Instant time(String name) throws ProblemException {
        String text = optionalText(name);
        return text == null ? null : time(where(name), text);
    }

    /** Reads a time as RFC 3339 has it. */
    public static Instant time(String place, String text) throws ProblemException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemException.at(place, "must be a time such as 2026-01-02T15:04:05Z");
        }
    }

    /** A duration as configurations write it; {@code otherwise} if it is missing. */
    public Duration duration(String name, Duration otherwise) throws ProblemException {
        String text = optionalText(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return PrometheusDuration.parse(text);
        } catch (InvalidTimeException e) {
            throw ProblemException.at(where(name), "must be a duration such as 10s");
        }
    }

    /** Texts by name; empty if there are none. */
    public Map<String, String> map(String name) throws ProblemException {
        Object value = take(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw ProblemException.at(where(name), "must be an object of texts");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getValue() instanceof String text)) {
                throw ProblemException.at(where(name) + "." + entry.getKey(), "must be a text");
            }
            texts.put(String.valueOf(entry.getKey()), text);
        }
        return texts;
    }

    /** A list, empty if it is missing; its elements are texts, numbers, booleans, lists and maps. */
    public List<Object> list(String name, int most) throws ProblemException {
        Object value = take(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw ProblemException.at(where(name), "must be a list");
        }
        if (list.size() > most) {
            throw ProblemException.at(where(name), "has " + list.size() + " elements; at most " + most + " are taken");
        }
        List<Object> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            if (element == null) {
                throw ProblemException.at(where(name) + "[" + elements.size() + "]", "must not be null");
            }
            elements.add(element);
        }
        return elements;
    }

    /** The element of a list as an object. */
    public Fields object(String name, int index, Object element) throws ProblemException {
        return object(where(name) + "[" + index + "]", element);
    }

    /** A value as an object. */
    public static Fields object(String place, @Nullable Object value) throws ProblemException {
        if (!(value instanceof Map<?, ?> map)) {
            throw ProblemException.at(place, "must be an object");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((name, field) -> values.put(String.valueOf(name), field));
        return new Fields(place, values);
    }

    /** An object, or null. */
    public @Nullable Fields optionalObject(String name) throws ProblemException {
        Object value = take(name);
        return value == null ? null : object(where(name), value);
    }

    /** Refuses fields that nobody has taken. */
    public void done() throws ProblemException {
        for (String name : values.keySet()) {
            if (!taken.contains(name)) {
                throw ProblemException.at(where(name), "is not known here");
            }
        }
    }
}
