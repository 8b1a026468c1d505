package dev.tocsin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value that a node has answered, read as a whole. What is absent reads as empty. Immutable.
 *
 * @param fields of an object, in their order
 * @param items of an array
 * @param text of a string, or a number or literal as it is written; empty for null
 */
record JsonTree(Map<String, JsonTree> fields, List<JsonTree> items, String text) {
    private static final JsonTree NOTHING = new JsonTree(Map.of(), List.of(), "");

    /** @throws IOException if it is not JSON */
    static JsonTree parse(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() == null) {
                throw new IOException("the answer is empty");
            }
            return read(parser);
        }
    }

    private static JsonTree read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, JsonTree> fields = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield new JsonTree(fields, List.of(), "");
            }
            case START_ARRAY -> {
                List<JsonTree> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield new JsonTree(Map.of(), items, "");
            }
            case VALUE_NULL -> NOTHING;
            default -> new JsonTree(Map.of(), List.of(), parser.getText());
        };
    }

    /** A field of an object; empty if it is absent. */
    JsonTree at(String name) {
        return fields.getOrDefault(name, NOTHING);
    }

    /** The text of a field; empty if it is absent. */
    String text(String name) {
        return at(name).text;
    }

    /** Whether a field is {@code true}. */
    boolean is(String name) {
        return text(name).equals("true");
    }

    /** An object of texts. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        at(name).fields.forEach((key, value) -> texts.put(key, value.text));
        return texts;
    }

    /** The texts of an array. */
    List<String> words(String name) {
        return at(name).items.stream().map(JsonTree::text).toList();
    }

    /**
     * The number of a field; 0 if it is absent.
     *
     * @throws NumberFormatException if it is not a whole one
     */
    int whole(String name) {
        return text(name).isEmpty() ? 0 : Integer.parseInt(text(name));
    }

    /** A text as JSON writes it. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
