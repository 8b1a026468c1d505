package dev.tocsin.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A description of an interface, and what answers must be by it. */
public final class OpenApiDocument {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final Map<String, @Nullable Object> document;
    private final JsonSchema schemas;

    /** Reads a text. */
    public OpenApiDocument(String text) {
        this.document = Json.object(Json.parse(text));
        this.schemas = new JsonSchema(document);
    }

    /** Reads the document that is shipped under this name. */
    public static OpenApiDocument shipped(String name) {
        String path = "/dev/tocsin/api/openapi/" + name;
        try (InputStream in = Objects.requireNonNull(OpenApiDocument.class.getResourceAsStream(path), path)) {
            return new OpenApiDocument(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documented methods, upper case, by path. */
    public Map<String, Set<String>> methods() {
        Map<String, Set<String>> methods = new TreeMap<>();
        Json.object(document.get("paths")).forEach((path, item) -> {
            Set<String> found = new TreeSet<>();
            for (String name : Json.object(item).keySet()) {
                if (METHODS.contains(name)) {
                    found.add(name.toUpperCase(Locale.ROOT));
                }
            }
            methods.put(path, found);
        });
        return methods;
    }

    /** Every answer that is documented, as {@code operationId status}. */
    public Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        operations()
                .forEach((id, operation) -> Json.object(Json.object(operation).get("responses"))
                        .keySet()
                        .forEach(status -> answers.add(id + " " + status)));
        return answers;
    }

    /** The parameters of an operation in the query, by name. */
    public Set<String> queryParameters(String operationId) {
        Set<String> names = new TreeSet<>();
        Object parameters = Json.object(operation(operationId)).get("parameters");
        if (parameters != null) {
            for (Object parameter : Json.list(parameters)) {
                Map<String, @Nullable Object> resolved = resolved(parameter);
                if ("query".equals(resolved.get("in"))) {
                    names.add(String.valueOf(resolved.get("name")));
                }
            }
        }
        return names;
    }

    /** What the operation of a method, upper case, on a path is called. */
    public String operationId(String method, String path) {
        return String.valueOf(Json.at(document, "paths", path, method.toLowerCase(Locale.ROOT), "operationId"));
    }

    private Map<String, @Nullable Object> resolved(@Nullable Object value) {
        Map<String, @Nullable Object> object = Json.object(value);
        Object reference = object.get("$ref");
        return reference == null ? object : Json.object(schemas.resolve(reference.toString()));
    }

    private Map<String, @Nullable Object> operations() {
        Map<String, @Nullable Object> operations = new TreeMap<>();
        Json.object(document.get("paths"))
                .forEach((path, item) -> Json.object(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        String id = String.valueOf(Json.object(operation).get("operationId"));
                        if (operations.put(id, operation) != null) {
                            throw new IllegalStateException("two operations are called " + id);
                        }
                    }
                }));
        return operations;
    }

    private Object operation(String id) {
        return Objects.requireNonNull(operations().get(id), id);
    }

    /** What is wrong with an answer; empty if it is as documented. */
    public List<String> errors(String operationId, int status, @Nullable String contentType, String body) {
        Object response = Json.object(Json.object(operation(operationId)).get("responses"))
                .get(Integer.toString(status));
        if (response == null) {
            return List.of(operationId + " does not document " + status + ": " + body);
        }
        Object content = resolved(response).get("content");
        if (content == null) {
            return body.isEmpty() ? List.of() : List.of(operationId + " documents no body: " + body);
        }
        String type = String.valueOf(contentType).split(";", 2)[0];
        Object media = Json.object(content).get(type);
        if (media == null) {
            return List.of(operationId + " does not document " + contentType);
        }
        Object schema = Json.object(media).get("schema");
        return schema == null || !type.endsWith("json") ? List.of() : schemas.errors(schema, Json.parse(body.strip()));
    }

    /** What is wrong with a body that a client sends; empty if it is as documented. */
    public List<String> requestErrors(String operationId, String body) {
        Object media = Json.at(operation(operationId), "requestBody", "content", "application/json");
        return schemas.errors(Json.at(media, "schema"), Json.parse(body));
    }

    /** What is wrong with a value by a schema of the document. */
    public List<String> valueErrors(String schema, String value) {
        return schemas.errors(schemas.resolve("#/components/schemas/" + schema), Json.parse(value));
    }

    /** References that lead nowhere, and schemas that nothing refers to. */
    public List<String> loose() {
        Set<String> used = new TreeSet<>();
        references(document, used);
        List<String> loose = new ArrayList<>();
        for (String reference : used) {
            schemas.resolve(reference);
        }
        Json.object(document.get("components"))
                .forEach((kind, parts) -> Json.object(parts).keySet().forEach(name -> {
                    if (!used.contains("#/components/" + kind + "/" + name)) {
                        loose.add(name);
                    }
                }));
        return loose;
    }

    private static void references(@Nullable Object value, Set<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, child) -> {
                if ("$ref".equals(name)) {
                    found.add(String.valueOf(child));
                } else {
                    references(child, found);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(child -> references(child, found));
        }
    }
}
