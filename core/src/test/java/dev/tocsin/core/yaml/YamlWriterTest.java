package dev.tocsin.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlWriterTest {
    /** Every text that YAML can hold reads back as itself, as a value and in a list. */
    @Property(tries = 2_000, seed = "42")
    void textsReadBackAsThemselves(@ForAll("texts") String text) throws YamlSyntaxException {
        String printed = new YamlWriter()
                .write(new YamlMapping()
                        .text("value", text)
                        .texts("list", List.of(text, "x"))
                        .mapping("map", map -> map.text("inner", text))
                        .flow("flow", List.of(text, text))
                        .textMapIfAny("keys", Map.of("a" + text, text)));
        YamlNode read = new YamlReader(printed, YamlLimits.DEFAULT).read();
        assertThat(read).isNotNull();
        if (read != null) {
            assertThat(YamlResolver.value(read))
                    .isEqualTo(Map.of(
                            "value", text,
                            "list", List.of(text, "x"),
                            "map", Map.of("inner", text),
                            "flow", List.of(text, text),
                            "keys", Map.of("a" + text, text)));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).withChars(" \n\t:#-?[]{},'\"\\|>&*!%@`ay019._~=<\u00e9\u4e2d"),
                Arbitraries.strings().ofMinLength(60).ofMaxLength(200).withChars("ab  cd:'\"#"),
                Arbitraries.of(
                        "true",
                        "No",
                        "1_0",
                        "0x1f",
                        "12:30",
                        "2020-01-02",
                        "null",
                        "~",
                        ".inf",
                        "1e3",
                        "<<",
                        "",
                        "...",
                        "---"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5",
        "100000, 100000",
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-2.5, -2.5",
        "1.25e-7, 1.25e-07",
        "0, 0"
    })
    void numbersAreShort(double value, String text) {
        assertThat(YamlNumber.text(value)).isEqualTo(text);
    }

    @Test
    void numbersInsideKeysCountAsNumbers() {
        assertThat(new KeyOrder().sorted(List.of("a10", "B", "b", "a9", "_x", "a09", "1", "a", "10", "9", "\u00e9")))
                .containsExactly("_x", "1", "9", "10", "B", "a", "a9", "a09", "a10", "b", "\u00e9");
    }

    @Test
    void longKeysAreMarkedAsKeys() {
        String key = "k".repeat(129);
        assertThat(new YamlWriter().write(new YamlMapping().text(key, "v"))).isEqualTo("? " + key + "\n: v\n");
    }
}
