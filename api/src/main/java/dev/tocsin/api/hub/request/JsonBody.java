package dev.tocsin.api.hub.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tocsin.api.http.Request;
import dev.tocsin.core.json.JsonValues;
import java.io.IOException;
import java.util.List;

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
            Object value = JsonValues.read(parser);
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
}
