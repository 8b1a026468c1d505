package dev.tocsin.api.v2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON with the escapes that Go's encoder uses, so that answers are the same byte by byte: the two line separators
 * are escaped, hexadecimal digits are lower case, and {@code <}, {@code >} and {@code &} are escaped in alerts, silences
 * and the frame's errors, but nowhere else. Safe for all threads.
 */
final class GoJson {
    /** Writes a value. */
    interface Writer {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static final int RECYCLED_BUFFERS = 16;

    private final JsonFactory factory = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(RECYCLED_BUFFERS))
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private final CharacterEscapes plain = new Escapes(false);
    private final CharacterEscapes html = new Escapes(true);

    /** Lets {@code json} write what follows as alerts are written, or as other values are. */
    void escapeHtml(JsonGenerator json, boolean escape) {
        json.setCharacterEscapes(escape ? html : plain);
    }

    /** A generator into {@code out}, without HTML escapes; closing it does not close {@code out}. */
    JsonGenerator generator(OutputStream out) throws IOException {
        return factory.createGenerator(out)
                .setCharacterEscapes(plain)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT.mappedFeature());
    }

    /** What {@code writer} writes. */
    byte[] bytes(Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = generator(out)) {
            writer.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] ascii = standardAsciiEscapesForJSON();
        private final SerializedString[] texts = new SerializedString[0x80];
        private final SerializedString lineSeparator = new SerializedString("\\u2028");
        private final SerializedString paragraphSeparator = new SerializedString("\\u2029");

        Escapes(boolean html) {
            for (int c = 0; c < 0x20; c++) {
                if (ascii[c] == ESCAPE_STANDARD) {
                    escape(c);
                }
            }
            if (html) {
                escape('<');
                escape('>');
                escape('&');
            }
        }

        private void escape(int c) {
            ascii[c] = ESCAPE_CUSTOM;
            texts[c] = new SerializedString(String.format("\\u%04x", c));
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return switch (c) {
                case 0x2028 -> lineSeparator;
                case 0x2029 -> paragraphSeparator;
                default -> c < texts.length ? texts[c] : null;
            };
        }
    }
}
