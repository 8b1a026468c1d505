package dev.tocsin.core.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded template: what Alertmanager's own tool made of it.
 *
 * @param type text or html
 * @param data JSON
 * @param files template files by name
 * @param expected null if it failed
 * @param error null if it did not
 */
record LanguageCase(
        String name,
        String type,
        String template,
        String data,
        Map<String, String> files,
        @Nullable String expected,
        @Nullable String error) {
    /** All recorded cases. */
    static List<LanguageCase> all() {
        List<LanguageCase> all = new ArrayList<>();
        for (String line : resource("goldens/lang.jsonl").lines().toList()) {
            all.add(parse(line));
        }
        return all;
    }

    static String resource(String name) {
        try (InputStream in = LanguageCase.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LanguageCase parse(String line) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> files = new LinkedHashMap<>();
        String data = "{}";
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("data")) {
                    StringWriter copy = new StringWriter();
                    try (var generator = new JsonFactory().createGenerator(copy)) {
                        generator.copyCurrentStructure(json);
                    }
                    data = copy.toString();
                } else if (name.equals("files")) {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        files.put(json.currentName(), json.nextTextValue());
                    }
                } else {
                    texts.put(name, json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LanguageCase(
                texts.getOrDefault("name", ""),
                texts.getOrDefault("type", ""),
                texts.getOrDefault("template", ""),
                data,
                files,
                texts.get("expected"),
                texts.get("error"));
    }

    @Override
    public String toString() {
        return name;
    }
}
