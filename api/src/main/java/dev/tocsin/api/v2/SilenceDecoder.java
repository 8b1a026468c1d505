package dev.tocsin.api.v2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.tocsin.core.silence.Silences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the body of a POST to {@code /silences}: syntax first, then types, then what is required, as Alertmanager does, so
 * that a client hears of the same fault first. Safe for all threads.
 */
final class SilenceDecoder {
    /** What came of decoding. */
    sealed interface Result {}

    /** The body has the schema's shape. */
    record Decoded(Silences.Draft draft) implements Result {}

    /** The body is refused. */
    record Refused(int status, int code, String message) implements Result {}

    private static final int MAX_DEPTH = 10_000;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Decodes {@code body}; bytes that are not UTF-8 become U+FFFD. Never throws for what is in it. */
    Result decode(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        SilenceFields fields = new SilenceFields();
        try (JsonParser parser = factory.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Refused(422, 602, "silence in body is required");
            }
            fields.read(parser);
        } catch (JsonEOFException e) {
            return unparsable("unexpected EOF");
        } catch (JsonProcessingException e) {
            return unparsable(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String typeError = fields.typeError();
        if (typeError != null) {
            return unparsable(typeError);
        }
        SilenceFields.Violation violation = fields.violation();
        return violation != null
                ? new Refused(422, violation.code(), violation.message())
                : new Decoded(fields.draft());
    }

    private static Refused unparsable(String why) {
        return new Refused(400, 400, "parsing silence body from \"\" failed, because " + why);
    }
}
