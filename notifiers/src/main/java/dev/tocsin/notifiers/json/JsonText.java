package dev.tocsin.notifiers.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tocsin.core.json.JsonValues;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that a receiver answers. It may be garbage: depth and length are bounded. Stateless. */
public final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private JsonText() {}

    /** An answer is no JSON object. The message says why, in Go's words where it has some. */
    public static final class InvalidJsonException extends Exception {
        private static final long serialVersionUID = 1L;

        private InvalidJsonException(String message) {
            super(message);
        }
    }

    /**
     * The object that {@code text} begins with: strings, {@link Number}s, {@link Boolean}s, null, {@link List}s and {@link Map}s
     * by name.
     *
     * @throws InvalidJsonException if it begins with nothing, with something else or with no JSON
     */
    public static Map<String, @Nullable Object> object(String text) throws InvalidJsonException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidJsonException("unexpected end of JSON input");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new InvalidJsonException("json: cannot unmarshal " + kind(first) + " into an object");
            }
            return JsonValues.object(parser);
        } catch (JacksonException e) {
            throw new InvalidJsonException("invalid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidJsonException("invalid JSON: " + e.getMessage());
        }
    }

    /**
     * One value of any kind as it is written, without white space between its parts; what Go escapes in strings is escaped.
     *
     * @throws InvalidJsonException if {@code text} is not exactly one value
     */
    public static String compact(String text) throws InvalidJsonException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidJsonException("unexpected end of JSON input");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new InvalidJsonException("invalid JSON: more than one value");
            }
        } catch (JacksonException e) {
            throw new InvalidJsonException("invalid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidJsonException("invalid JSON: " + e.getMessage());
        }
        return squeeze(text);
    }

    /** @param text valid JSON */
    private static String squeeze(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                out.append(c).append(text.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (!quoted && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
                continue;
            }
            if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case VALUE_NULL -> "null";
            default -> "number";
        };
    }
}
