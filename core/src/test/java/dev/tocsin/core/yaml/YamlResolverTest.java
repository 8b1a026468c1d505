package dev.tocsin.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlResolverTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void absentValues(String text) {
        assertThat(YamlResolver.value(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"y, true", "Yes, true", "on, true", "TRUE, true", "n, false", "No, false", "OFF, false", "False, false"
    })
    void booleans(String text, boolean value) {
        assertThat(YamlResolver.value(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "+1, 1", "-0, 0", "0x10, 16", "010, 8", "0o10, 8", "0b11, 3", "1_000, 1000", "-0x1F, -31"})
    void integers(String text, long value) {
        assertThat(YamlResolver.value(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1.10, 1.1",
        "1e3, 1000",
        ".5, 0.5",
        "1., 1",
        "-1.5E-3, -0.0015",
        "99999999999999999999, 1e20",
        "089, 89"
    })
    void fractions(String text, double value) {
        assertThat(YamlResolver.value(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:30:45",
                "2020-01-01",
                "a:b",
                "1e400",
                "<<",
                "yEs",
                "0x",
                "0xg",
                "1.2.3",
                "-",
                "+",
                ".",
                "1e",
                "_1",
                "--1",
                "1 2"
            })
    void texts(String text) {
        assertThat(YamlResolver.value(text)).isEqualTo(text);
    }

    @Test
    void numbersBeyondLongAreKept() {
        assertThat(YamlResolver.value("18446744073709551615"))
                .isEqualTo(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
    }

    @Test
    void quotesAndTagsDecide() throws YamlSyntaxException {
        YamlNode node =
                new YamlReader("['1', \"true\", !!str 1, ! 1, !!int '7', ~, [], {}]", YamlLimits.DEFAULT).read();
        assertThat(node).isNotNull();
        if (node != null) {
            assertThat(YamlResolver.value(node))
                    .isEqualTo(Arrays.asList("1", "true", "1", "1", 7L, null, List.of(), Map.of()));
        }
    }
}
