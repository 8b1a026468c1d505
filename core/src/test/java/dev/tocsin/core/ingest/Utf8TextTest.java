package dev.tocsin.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder reads eight bytes at a time; nothing may hide at the borders between them. */
class Utf8TextTest {
    private static boolean escapesSurrogates(String text, int start, int end) {
        return Utf8Text.escapesSurrogates(text.getBytes(StandardCharsets.ISO_8859_1), start, end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\uD83d", "\\uDfff", "\\\\\\ud800"})
    void findsAnEscapedSurrogateAtEveryPlace(String escape) {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 20; after++) {
                String text = "x".repeat(before) + escape + "x".repeat(after);
                assertThat(escapesSurrogates(text, 0, text.length())).as(text).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0800", "\\n", "ud800", "\u00dcd800", "\u00dd\u00db", "]ud8", "[ud8"})
    void findsNoneInOtherText(String other) {
        for (int before = 0; before < 20; before++) {
            String text = "x".repeat(before) + other + "x".repeat(before);
            assertThat(escapesSurrogates(text, 0, text.length())).as(text).isFalse();
        }
    }

    @Test
    void looksOnlyBetweenTheBounds() {
        String text = "\\ud800xxxxxxxxxx\\ud800";

        assertThat(escapesSurrogates(text, 1, text.length() - 1)).isFalse();
        assertThat(escapesSurrogates(text, 1, text.length())).isTrue();
    }
}
