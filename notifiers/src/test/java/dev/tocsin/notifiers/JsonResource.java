package dev.tocsin.notifiers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON file of test cases as maps, lists, strings, numbers and booleans; one value or several, one after the other. */
public final class JsonResource {
    private final List<@Nullable Object> values = new ArrayList<>();

    /** Reads the file {@code name} beside {@code test}. */
    public JsonResource(Class<?> test, String name) {
        try (InputStream in = test.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no test file " + name);
            }
            try (JsonParser parser = new JsonFactory().createParser(in)) {
                while (parser.nextToken() != null) {
                    values.add(value(parser));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The values of the file. */
    public List<Map<String, Object>> objects() {
        List<?> items = values.size() == 1 && values.getFirst() instanceof List<?> list ? list : values;
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object item : items) {
            Map<String, Object> object = new LinkedHashMap<>();
            ((Map<?, ?>) item).forEach((key, value) -> {
                if (value != null) {
                    object.put(String.valueOf(key), value);
                }
            });
            objects.add(object);
        }
        return objects;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            default -> parser.getText();
        };
    }
}
