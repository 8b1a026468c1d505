package dev.tocsin.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A request to Alertmanager 0.33.1 and what it answered, without the headers Date and Connection; values that change
 * from run to run are replaced by {@code <now>} and {@code <id>}.
 */
record Recorded(
        String set,
        String method,
        String target,
        Map<String, String> headers,
        String body,
        int status,
        Map<String, String> responseHeaders,
        String responseBody) {

    static Stream<Recorded> all() {
        InputStream resource = Objects.requireNonNull(Recorded.class.getResourceAsStream("recorded.jsonl"));
        return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                .lines()
                .map(Recorded::parse);
    }

    private static Recorded parse(String line) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Map<String, String>> maps = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    maps.put(name, map(parser));
                } else {
                    texts.put(name, parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Recorded(
                texts.getOrDefault("set", ""),
                texts.getOrDefault("method", ""),
                texts.getOrDefault("target", ""),
                maps.getOrDefault("headers", Map.of()),
                texts.getOrDefault("body", ""),
                Integer.parseInt(texts.getOrDefault("status", "")),
                maps.getOrDefault("responseHeaders", Map.of()),
                texts.getOrDefault("responseBody", ""));
    }

    private static Map<String, String> map(JsonParser parser) throws IOException {
        Map<String, String> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, parser.getText());
        }
        return map;
    }

    @Override
    public String toString() {
        return set + ": " + method + " " + target + " " + headers + " " + body;
    }
}
