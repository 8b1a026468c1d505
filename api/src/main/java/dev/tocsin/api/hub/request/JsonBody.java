package dev.tocsin.api.hub.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tocsin.api.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request: one JSON object, no name twice, bounded in size and depth. Numbers become {@code Long} or
 * {@code Double}. Safe for all threads.
 */
public final class JsonBody {
    /** The longest body, in bytes: a configuration of some ten thousand routes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 16;

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The fields of the body. */
    public Fields read(Request request) throws ProblemException {
        if (request.body().length() > MAX_BYTES) {
            throw new ProblemException(
                    new Problem(413, "BODY_TOO_LONG", "the body has more than " + MAX_BYTES + " bytes", List.of()));
        }
        byte[] bytes = request.body().copy();
        try (JsonParser parser = factory.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw ProblemException.at("body", "is required");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw ProblemException.at("body", "goes on behind its end");
            }
            return Fields.object("body", value);
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            String place = location == null
                    ? "body"
                    : "body, line " + location.getLineNr() + ", column " + location.getColumnNr();
            throw ProblemException.at(place, "is not JSON as it is taken here: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ProblemException.at("body", "cannot be read");
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}
