package dev.tocsin.core.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads the body of a POST to {@code /api/v2/alerts} (contract section 4.1): an array of alerts, streamed, without a tree.
 * Whatever the bytes are, the answer is a {@link DecodeResult}; time and memory are linear in the size of the body, which
 * the caller bounds. Any number of threads may share one decoder.
 */
public final class AlertDecoder {
    /** As deep as Go's decoder goes. */
    private static final int MAX_DEPTH = 10_000;

    private static final int RECYCLED_BUFFERS = 16;

    private final JsonFactory json;
    private final StringInterner interner;

    /** Shares label names, values and links through {@code interner}. */
    public AlertDecoder(StringInterner interner) {
        this.interner = interner;
        this.json = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .recyclerPool(JsonRecyclerPools.newBoundedPool(RECYCLED_BUFFERS))
                .build();
    }

    /**
     * Decodes what is left of {@code body}, which stays open.
     *
     * @throws IOException if {@code body} cannot be read; bad content is no exception but a result
     */
    public DecodeResult decode(InputStream body) throws IOException {
        byte[] bytes = body.readAllBytes();
        return decode(bytes, 0, bytes.length);
    }

    /** Decodes {@code length} bytes of {@code body} from {@code offset} on. The array is only read. */
    public DecodeResult decode(byte[] body, int offset, int length) {
        int end = offset + length;
        byte[] text = body;
        int start = offset;
        if (!Utf8Text.isValid(text, start, end)) {
            text = Utf8Text.repaired(text, start, end);
            start = 0;
            end = text.length;
        }
        if (Utf8Text.escapesSurrogates(text, start, end)) {
            text = Utf8Text.withoutLoneSurrogates(text, start, end);
            start = 0;
            end = text.length;
        }
        return decodeValid(text, start, end - start);
    }

    private DecodeResult decodeValid(byte[] body, int offset, int length) {
        if (startsWithNull(body, offset, length)) {
            return new DecodeResult.Decoded(List.of());
        }
        if (guessedAsOtherEncoding(body, offset, length)) {
            return unreadable("invalid character at the beginning of the value, want JSON in UTF-8");
        }
        try (JsonParser parser = json.createParser(body, offset, length)) {
            return new AlertBody(parser, interner).read();
        } catch (JsonEOFException e) {
            return unreadable("unexpected EOF");
        } catch (StreamConstraintsException e) {
            return unreadable("exceeded max depth");
        } catch (JsonProcessingException e) {
            return unreadable(syntaxError(body, offset, length, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the bytes are in memory
        }
    }

    static DecodeResult unreadable(String why) {
        return new DecodeResult.Refused(400, 400, "parsing alerts body from \"\" failed, because " + why);
    }

    /** Whatever follows the array, or the null in its place, is not looked at. */
    private static boolean startsWithNull(byte[] body, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && (body[at] == ' ' || body[at] == '\t' || body[at] == '\n' || body[at] == '\r')) {
            at++;
        }
        return at + 4 <= end && body[at] == 'n' && body[at + 1] == 'u' && body[at + 2] == 'l' && body[at + 3] == 'l';
    }

    /** The parser would take a byte order mark, or zeros, as a sign of UTF-16 or UTF-32. */
    private static boolean guessedAsOtherEncoding(byte[] body, int offset, int length) {
        if (length > 0 && body[offset] == (byte) 0xEF) {
            return true;
        }
        for (int i = 0; i < Math.min(4, length); i++) {
            if (body[offset + i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static String syntaxError(byte[] body, int offset, int length, JsonProcessingException error) {
        long at = error.getLocation() == null ? -1 : error.getLocation().getByteOffset() - offset;
        if (at < 0 || at >= length) {
            return "unexpected EOF";
        }
        int b = body[offset + (int) at];
        String seen = b >= ' ' && b < 0x7f ? "'" + (char) b + "'" : String.format("'\\x%02x'", b & 0xff);
        return "invalid character " + seen + " in the JSON text at byte " + at;
    }
}
