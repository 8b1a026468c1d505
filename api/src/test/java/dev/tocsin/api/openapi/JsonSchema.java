package dev.tocsin.api.openapi;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As much of JSON Schema 2020-12 as our documents use. A keyword that it does not know is an error, so that no document
 * can rely on what is not checked.
 */
final class JsonSchema {
    private static final Set<String> NOTES = Set.of("description", "default", "example", "examples", "title");

    private final Object document;

    /** @param document where references lead */
    JsonSchema(Object document) {
        this.document = document;
    }

    /** What is wrong with {@code value}; empty if it is what {@code schema} says. */
    List<String> errors(@Nullable Object schema, @Nullable Object value) {
        List<String> errors = new ArrayList<>();
        check(schema, value, "$", errors);
        return errors;
    }

    private void check(@Nullable Object schema, @Nullable Object value, String where, List<String> errors) {
        Map<String, @Nullable Object> rules = Json.object(schema);
        for (Map.Entry<String, @Nullable Object> rule : rules.entrySet()) {
            Object wanted = rule.getValue();
            switch (rule.getKey()) {
                case "$ref" -> check(resolve(String.valueOf(wanted)), value, where, errors);
                case "type" -> type(wanted, value, where, errors);
                case "enum" -> {
                    if (!Json.list(wanted).contains(value)) {
                        errors.add(where + ": " + value + " is none of " + wanted);
                    }
                }
                case "const" -> {
                    if (!Objects.equals(wanted, value)) {
                        errors.add(where + ": " + value + " is not " + wanted);
                    }
                }
                case "required" -> required(Json.list(wanted), value, where, errors);
                case "properties", "additionalProperties" -> {
                    // below, together
                }
                case "items" -> {
                    if (value instanceof List<?> items) {
                        for (int i = 0; i < items.size(); i++) {
                            check(wanted, items.get(i), where + "[" + i + "]", errors);
                        }
                    }
                }
                case "minItems" -> {
                    if (value instanceof List<?> items
                            && items.size() < number(wanted).intValue()) {
                        errors.add(where + ": fewer than " + wanted + " items");
                    }
                }
                case "maxItems" -> {
                    if (value instanceof List<?> items
                            && items.size() > number(wanted).intValue()) {
                        errors.add(where + ": more than " + wanted + " items");
                    }
                }
                case "minimum" -> {
                    if (value instanceof BigDecimal number && number.compareTo(number(wanted)) < 0) {
                        errors.add(where + ": less than " + wanted);
                    }
                }
                case "maximum" -> {
                    if (value instanceof BigDecimal number && number.compareTo(number(wanted)) > 0) {
                        errors.add(where + ": more than " + wanted);
                    }
                }
                case "maxLength" -> {
                    if (value instanceof String text
                            && text.length() > number(wanted).intValue()) {
                        errors.add(where + ": longer than " + wanted);
                    }
                }
                case "pattern" -> {
                    if (value instanceof String text
                            && !Pattern.compile(String.valueOf(wanted))
                                    .matcher(text)
                                    .find()) {
                        errors.add(where + ": " + text + " does not match " + wanted);
                    }
                }
                case "format" -> {
                    if (value instanceof String text) {
                        format(String.valueOf(wanted), text, where, errors);
                    }
                }
                case "oneOf" -> oneOf(Json.list(wanted), value, where, errors);
                case "allOf" -> Json.list(wanted).forEach(part -> check(part, value, where, errors));
                default -> {
                    if (!NOTES.contains(rule.getKey())) {
                        throw new IllegalArgumentException("unknown keyword " + rule.getKey());
                    }
                }
            }
        }
        if (value instanceof Map<?, ?>
                && (rules.containsKey("properties") || rules.containsKey("additionalProperties"))) {
            properties(rules, Json.object(value), where, errors);
        }
    }

    private static BigDecimal number(@Nullable Object value) {
        return (BigDecimal) Objects.requireNonNull(value);
    }

    Object resolve(String reference) {
        Object found = document;
        for (String name : reference.substring("#/".length()).split("/", -1)) {
            found = Json.object(found).get(name);
        }
        return Objects.requireNonNull(found, reference);
    }

    private static void type(@Nullable Object wanted, @Nullable Object value, String where, List<String> errors) {
        List<?> types = wanted instanceof List<?> several ? several : List.of(Objects.requireNonNull(wanted));
        String actual = switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "object";
            case List<?> list -> "array";
            case Boolean flag -> "boolean";
            case BigDecimal number -> number.stripTrailingZeros().scale() <= 0 ? "integer" : "number";
            default -> "string";
        };
        if (!types.contains(actual) && !(actual.equals("integer") && types.contains("number"))) {
            errors.add(where + ": " + actual + " instead of " + wanted);
        }
    }

    private static void required(
            List<@Nullable Object> names, @Nullable Object value, String where, List<String> errors) {
        if (value instanceof Map<?, ?> map) {
            for (Object name : names) {
                if (!map.containsKey(name)) {
                    errors.add(where + ": " + name + " is missing");
                }
            }
        }
    }

    private void properties(
            Map<String, @Nullable Object> rules,
            Map<String, @Nullable Object> value,
            String where,
            List<String> errors) {
        Object known = rules.get("properties");
        Map<String, @Nullable Object> properties = known == null ? Map.of() : Json.object(known);
        Object others = rules.getOrDefault("additionalProperties", true);
        value.forEach((name, child) -> {
            String here = where + "." + name;
            if (properties.containsKey(name)) {
                check(properties.get(name), child, here, errors);
            } else if (Boolean.FALSE.equals(others)) {
                errors.add(here + ": not documented");
            } else if (others instanceof Map<?, ?>) {
                check(others, child, here, errors);
            }
        });
    }

    private void oneOf(List<@Nullable Object> choices, @Nullable Object value, String where, List<String> errors) {
        int fits = 0;
        List<String> all = new ArrayList<>();
        for (Object choice : choices) {
            List<String> found = new ArrayList<>();
            check(choice, value, where, found);
            fits += found.isEmpty() ? 1 : 0;
            all.addAll(found);
        }
        if (fits != 1) {
            errors.add(where + ": fits " + fits + " of the alternatives " + all);
        }
    }

    private static void format(String format, String text, String where, List<String> errors) {
        try {
            switch (format) {
                case "date-time" -> OffsetDateTime.parse(text);
                case "uuid" -> UUID.fromString(text);
                case "uri" -> java.net.URI.create(text);
                default -> throw new IllegalStateException("unknown format " + format);
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            errors.add(where + ": " + text + " is no " + format);
        }
    }
}
