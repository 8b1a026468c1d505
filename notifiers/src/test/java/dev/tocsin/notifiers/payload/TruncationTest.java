package dev.tocsin.notifiers.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncationTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            abcd, 4, abcd
            abcde, 4, abc…
            😀😀😀😀😀, 4, 😀😀😀…
            😀😀😀😀, 4, 😀😀😀😀
            abcde, 3, abc
            😀b😀d, 2, 😀b
            abc, 0, ''
            """)
    void countsCodePoints(String text, int limit, String cut) {
        assertThat(Truncation.runes(text, limit)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            abcd, 4, abcd
            abcde, 4, a…
            abcdefgh, 3, …
            abcdefgh, 2, ..
            abcdefgh, 0, ''
            ééé, 6, ééé
            éééé, 6, é…
            😀😀, 7, 😀…
            😀😀, 6, …
            """)
    void countsBytes(String text, int limit, String cut) {
        assertThat(Truncation.bytes(text, limit)).isEqualTo(cut);
    }

    @Property
    void neverExceedsTheLimit(@ForAll String text, @ForAll @IntRange(max = 60) int limit) {
        String runes = Truncation.runes(text, limit);
        assertThat(runes.codePointCount(0, runes.length())).isLessThanOrEqualTo(limit);
        assertThat(Truncation.bytes(text, limit).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(limit);
    }
}
