package dev.tocsin.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.yaml.YamlNode.Scalar;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static final int LONG = 16 << 20;

    private static YamlNode read(String text) throws YamlSyntaxException {
        return Objects.requireNonNull(new YamlReader(text, YamlLimits.DEFAULT).read());
    }

    /** The library's own reader takes four seconds for a quarter of this, and sixteen times that for all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "'", "|\n  "})
    void aScalarOfMegabytesIsReadAtOnce(String quote) throws Exception {
        String words = "\ud83d\ude00".repeat(3) + "a".repeat(LONG);
        String text = quote + words + (quote.length() == 1 ? quote : "");
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        Scalar.class, scalar -> assertThat(scalar.text()).isEqualTo(words));
    }

    @Test
    void linesEndInAllWaysOfYaml() throws Exception {
        assertThatThrownBy(() -> read("a: 1\r\nb: 2\rc: 3\n\u2028\ud83d\ude00: [}\n"))
                .isInstanceOf(YamlSyntaxException.class)
                .hasMessageStartingWith("yaml: line 5: ");
    }

    @Test
    void aMistakeFarBeforeACharacterThatIsNoneIsToldFirst() {
        assertThatThrownBy(() -> read("a: [}\n" + "# x\n".repeat(2000) + "\u0001"))
                .hasMessageStartingWith("yaml: line 1: ");
        assertThatThrownBy(() -> read("a: 1\n" + "# x\n".repeat(2000) + "\u0001"))
                .hasMessage("yaml: line 2002: control character U+0001 is not allowed");
    }
}
