package dev.tocsin.api.openapi;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request and the status that it must provoke.
 *
 * @param operation the id of the documented operation
 * @param state what the hub is like
 * @param target below the interface's root
 */
public record Case(
        String operation,
        int status,
        String state,
        String method,
        String target,
        Map<String, String> headers,
        String body) {
    /** The cases of a table. */
    public static List<Case> all(String table) {
        InputStream in = Objects.requireNonNull(Case.class.getResourceAsStream(table), table);
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Case::parse)
                .toList();
    }

    private static Case parse(String line) {
        String[] columns = line.split("\\|", 7);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : columns[5].split(", ", -1)) {
            if (!header.isBlank()) {
                String[] parts = header.split(": ", 2);
                headers.put(parts[0].strip(), parts[1].strip());
            }
        }
        return new Case(
                columns[0].strip(),
                Integer.parseInt(columns[1].strip()),
                columns[2].strip(),
                columns[3].strip(),
                columns[4].strip(),
                headers,
                columns[6].strip());
    }

    @Override
    public String toString() {
        return operation + " " + status + " (" + state + "): " + method + " " + target;
    }
}
