package dev.tocsin.notifiers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoJsonTest {
    @Test
    void escapesAsGoDoes() {
        assertThat(json("\"\\/<>&\b\f\n\r\t\u0001\u001f\u007fé😀\u2028\u2029\ufffd"))
                .isEqualTo(
                        "\"\\\"\\\\/\\u003c\\u003e\\u0026\\b\\f\\n\\r\\t\\u0001\\u001f\u007fé😀\\u2028\\u2029\ufffd\"");
    }

    @Test
    void replacesHalfCharacters() {
        assertThat(json("a\ud800b\udc00")).isEqualTo("\"a\\ufffdb\\ufffd\"");
        assertThat(json("\ud83d")).isEqualTo("\"\\ufffd\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "1.5, 1.5",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e300, 1.5e+300",
        "1e-6, 0.000001",
        "1e-7, 1e-7",
        "-1.25e-9, -1.25e-9",
        "0.1, 0.1",
        "123456789.125, 123456789.125",
        "1.7976931348623157e308, 1.7976931348623157e+308"
    })
    void printsNumbersAsGoDoes(double value, String text) {
        assertThat(json(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatJsonCannotSay(double value) {
        assertThatThrownBy(() -> json(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("json: unsupported value: ");
    }

    @Test
    void sortsMapsByBytesAndDropsOtherKeys() {
        Map<Object, @Nullable Object> map = new HashMap<>();
        map.put("b", 1L);
        map.put("B", null);
        map.put("\uffff", true);
        map.put("😀", BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        map.put(5L, "dropped");
        map.put("list", Arrays.asList("x", Map.of()));

        assertThat(json(map))
                .isEqualTo("{\"B\":null,\"b\":1,\"list\":[\"x\",{}],\"\uffff\":true,\"😀\":18446744073709551615}");
    }

    @Test
    void putsCommasWhereTheyBelong() {
        GoJson json = new GoJson().openObject();
        json.name("a").openList().closeList();
        json.name("b").openObject().closeObject();
        json.name("c").labels(LabelSet.of("x", "1", "y", "2"));
        json.name("d").openList().whole(1).whole(-2).bool(true).closeList();
        json.closeObject();

        assertThat(new String(json.line(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[],\"b\":{},\"c\":{\"x\":\"1\",\"y\":\"2\"},\"d\":[1,-2,true]}\n");
    }

    @Property(tries = 300)
    void everyParserReadsBackWhatWasWritten(@ForAll String text) throws IOException {
        try (JsonParser parser =
                new JsonFactory().createParser(new GoJson().text(text).line())) {
            parser.nextToken();
            String clean = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            assertThat(parser.getText()).isEqualTo(clean);
        }
    }

    private static String json(@Nullable Object value) {
        return new String(new GoJson().any(value).line(), StandardCharsets.UTF_8).stripTrailing();
    }
}
