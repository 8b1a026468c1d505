package dev.tocsin.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CheckedTextProperties {
    private static final int MOST = 1 << 10;

    private static String text(byte[] kept) {
        return CheckedText.end(CheckedText.begin(kept.length).put(kept));
    }

    @Property(tries = 200)
    void whatIsGivenBackIsWhatWasKept(@ForAll @Size(max = 100) byte[] kept) {
        String text = text(kept);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(CheckedText.read(text, MOST, kept.length)).isEqualTo(ByteBuffer.wrap(kept));
        assertThat(CheckedText.read(text, MOST, kept.length + 1)).isNull();
        assertThat(CheckedText.read(text, text.length() - 1, 0)).isNull();
    }

    @Property(tries = 200)
    void noCharacterCanBeAnotherOne(@ForAll @Size(min = 1, max = 30) byte[] kept) {
        String text = text(kept);
        for (int i = 0; i < text.length() - 1; i++) {
            char other = text.charAt(i) == 'A' ? 'Q' : 'A';
            assertThat(CheckedText.read(text.substring(0, i) + other + text.substring(i + 1), MOST, 0))
                    .isNull();
            assertThat(CheckedText.read(text.substring(0, i), MOST, 0)).isNull();
        }
    }

    @Test
    void whatIsNoTextOfOursIsNotRead() {
        for (String text : new String[] {"", "?", "é", "AAAA", "AQ==", "AQAAAAA"}) {
            assertThat(CheckedText.read(text, MOST, 0)).as(text).isNull();
        }
    }

    @Test
    void conditionsThatDifferHaveOtherNumbers() {
        assertThat(CheckedText.hash("alerts")).isNotEqualTo(CheckedText.hash("alertt"));
        assertThat(CheckedText.hash("")).isEqualTo(0xcbf29ce484222325L);
        assertThat(CheckedText.hash("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    }
}
