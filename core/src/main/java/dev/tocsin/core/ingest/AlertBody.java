package dev.tocsin.core.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one body; for one thread. A wrong type does not end the pass: a syntax error further on matters more, as
 * it does to Go's decoder, and so do wrong types to a missing field.
 */
final class AlertBody {
    private static final List<String> KNOWN_FIELDS =
            List.of("labels", "annotations", "startsAt", "endsAt", "generatorURL");

    private final JsonParser parser;
    private final StringInterner interner;
    private final PairBuffer pairs = new PairBuffer();
    private final DateReader startDates = new DateReader();
    private final DateReader endDates = new DateReader();
    private final List<PostedAlert> alerts = new ArrayList<>();
    private String lastValidUrl = "";
    private int index;
    private @Nullable TypeError typeError;
    private DecodeResult.@Nullable Refused schemaError;

    /**
     * What does not fit, and where. Go's decoder reads an alert's dates and annotations before its link and its labels,
     * and stops at a bad date or link at once: the lowest rank of the first bad alert is what it speaks of.
     */
    private record TypeError(int alert, int rank, String message) {}

    private static final int DATE = 0;
    private static final int ANNOTATION = 1;
    private static final int LINK = 2;
    private static final int LABEL = 3;

    AlertBody(JsonParser parser, StringInterner interner) {
        this.parser = parser;
        this.interner = interner;
    }

    DecodeResult read() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return new DecodeResult.Refused(422, 602, "alerts in body is required");
        }
        if (token == JsonToken.START_ARRAY) {
            for (token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                element(token);
                index++;
            }
        } else if (token != JsonToken.VALUE_NULL) {
            wrongType(token, DATE, "Go value of type models.PostableAlerts");
        }
        if (typeError != null) {
            return AlertDecoder.unreadable(typeError.message());
        }
        return schemaError != null ? schemaError : new DecodeResult.Decoded(alerts);
    }

    private void element(JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            alert();
        } else if (token == JsonToken.VALUE_NULL) {
            fail(DATE, "alert " + index + " is null, want an object");
        } else {
            wrongType(token, DATE, "Go value of type models.PostableAlert");
        }
    }

    private void alert() throws IOException {
        LabelSet labels = null;
        LabelSet annotations = LabelSet.EMPTY;
        OffsetDateTime startsAt = null;
        OffsetDateTime endsAt = null;
        String generatorUrl = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (field(name)) {
                case "labels" -> labels = pairs(value, labels, LABEL, "Alert.labels");
                case "annotations" -> {
                    LabelSet read = pairs(value, annotations, ANNOTATION, ".annotations");
                    annotations = read == null ? LabelSet.EMPTY : read;
                }
                case "startsAt" -> startsAt = date(value, startDates, startsAt);
                case "endsAt" -> endsAt = date(value, endDates, endsAt);
                case "generatorURL" -> generatorUrl = link(value);
                default -> parser.skipChildren();
            }
        }
        if (schemaError == null) {
            checkSchema(labels, generatorUrl);
        }
        alerts.add(
                new PostedAlert(labels == null ? LabelSet.EMPTY : labels, annotations, startsAt, endsAt, generatorUrl));
    }

    /** Go's decoder matches field names whatever their case. */
    private static String field(String name) {
        return switch (name) {
            case "labels", "annotations", "startsAt", "endsAt", "generatorURL" -> name;
            default -> {
                for (String known : KNOWN_FIELDS) {
                    if (known.equalsIgnoreCase(name)) {
                        yield known;
                    }
                }
                yield "";
            }
        };
    }

    private void checkSchema(@Nullable LabelSet labels, String generatorUrl) {
        // One rule's alerts share one URL, and the interner one object.
        if (!generatorUrl.isEmpty() && !generatorUrl.equals(lastValidUrl)) {
            if (!RequestUri.isValid(generatorUrl)) {
                schemaError = new DecodeResult.Refused(
                        422, 601, index + ".generatorURL in body must be of type uri: " + GoQuote.quote(generatorUrl));
                return;
            }
            lastValidUrl = generatorUrl;
        }
        if (labels == null) {
            schemaError = new DecodeResult.Refused(422, 602, index + ".labels in body is required");
        }
    }

    /** The object's pairs on top of those of an earlier field of the same name; null for {@code null}. */
    private @Nullable LabelSet pairs(JsonToken token, @Nullable LabelSet earlier, int rank, String path)
            throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            wrongType(token, rank, "Go struct field " + path + " of type models.LabelSet");
            return earlier;
        }
        pairs.startWith(earlier);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                pairs.add(interner.intern(name), interner.intern(parser.getText()));
            } else if (value == JsonToken.VALUE_NULL) {
                pairs.add(interner.intern(name), "");
            } else {
                wrongType(value, rank, "Go struct field " + path + '.' + name + " of type string");
            }
        }
        return pairs.toLabelSet();
    }

    private @Nullable OffsetDateTime date(JsonToken token, DateReader reader, @Nullable OffsetDateTime earlier)
            throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            if (!reader.read(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())) {
                fail(DATE, reader.error());
            }
            return reader.value();
        }
        if (token != JsonToken.VALUE_NULL) {
            wrongType(token, DATE, "Go value of type string");
        }
        return earlier;
    }

    private String link(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return interner.intern(parser.getText());
        }
        if (token != JsonToken.VALUE_NULL) {
            wrongType(token, LINK, "Go value of type string");
        }
        return "";
    }

    private void wrongType(JsonToken token, int rank, String target) throws IOException {
        fail(rank, "json: cannot unmarshal " + goName(token) + " into " + target);
        parser.skipChildren();
    }

    private void fail(int rank, String message) {
        if (typeError == null || (typeError.alert() == index && rank < typeError.rank())) {
            typeError = new TypeError(index, rank, message);
        }
    }

    private static String goName(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            default -> "string";
        };
    }
}
