package dev.tocsin.notifiers.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.notifiers.json.GoJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlLeavesTest {
    static Stream<Arguments> recorded() {
        return new JsonResource(YamlLeavesTest.class, "payload-coercion.json")
                .objects().stream().map(row -> Arguments.of(row.get("leaf"), row.get("body")));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void aStringBecomesWhatItReadsAs(String leaf, String body) {
        assertThat(json(Map.of("k", leaf))).isEqualTo(body);
    }

    @Test
    void replacesInsideListsAndMapsButNeverTwice() {
        Map<Object, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("list", Arrays.asList("1", 2L, null, "'3'", "\"yes\": 'no'"));
        payload.put(7L, "dropped");
        payload.put("1", "a: '2'");

        assertThat(json(payload)).isEqualTo("{\"1\":{\"a\":\"2\"},\"list\":[1,2,null,\"'3'\",{\"yes\":\"no\"}]}");
    }

    @Test
    void aWholePayloadCanBeOneText() {
        assertThat(json("{\"b\": 1, \"a\": [\"x: y\"]}")).isEqualTo("{\"a\":[\"x: y\"],\"b\":1}");
    }

    @Test
    void aBombStaysAString() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(String.join(",", List.of(before, before, before, before, before, before, before, before)))
                    .append("]\n");
        }
        String nested = "[".repeat(10_000);

        assertThat(YamlLeaves.leaf(bomb.toString())).isEqualTo(bomb.toString());
        assertThat(YamlLeaves.leaf(nested)).isEqualTo(nested);
    }

    private static String json(@Nullable Object payload) {
        return new String(
                        new GoJson()
                                .any(YamlLeaves.replace(payload, text -> text))
                                .line(),
                        StandardCharsets.UTF_8)
                .strip();
    }
}
