package dev.tocsin.notifiers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Test
    void readsAnObjectOfAnyShape() throws InvalidJsonException {
        assertThat(JsonText.object("{\"a\":[1,\"x\",null,{\"b\":true}],\"c\":1.5,\"d\":false} trailing"))
                .hasToString("{a=[1, x, null, {b=true}], c=1.5, d=false}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | unexpected end of JSON input
            `  ` | unexpected end of JSON input
            null | json: cannot unmarshal null into an object
            [1] | json: cannot unmarshal array into an object
            "x" | json: cannot unmarshal string into an object
            1 | json: cannot unmarshal number into an object
            {"a":1 | invalid JSON: Unexpected end-of-input
            <html> | invalid JSON: Unexpected character
            """)
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> JsonText.object(text))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aDeepAnswerIsRefused() {
        assertThatThrownBy(() -> JsonText.object("{\"a\":" + "[".repeat(10_000)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("depth");
    }

    @Property
    void garbageNeverEscapes(@ForAll String text) {
        try {
            JsonText.object(text);
        } catch (InvalidJsonException e) {
            assertThat(e).hasMessageNotContaining("null pointer");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `  {"b" : [ 1.50 , "a  \\" b" ] , "a":null} ` | {"b":[1.50,"a  \\" b"],"a":null}
            ` "<&>" ` | "\\u003c\\u0026\\u003e"
            ` 1e5 ` | 1e5
            """)
    void squeezesAValueWithoutReordering(String text, String compact) throws InvalidJsonException {
        assertThat(JsonText.compact(text)).isEqualTo(compact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "{a:1}", "text", "[1,]"})
    void squeezesOnlyOneValue(String text) {
        assertThatThrownBy(() -> JsonText.compact(text)).isInstanceOf(InvalidJsonException.class);
    }
}
