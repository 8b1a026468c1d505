package dev.tocsin.core.template.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name and a value. */
public record Pair(String name, String text) implements Structure {
    private static final List<String> NAMES = List.of("Name", "Value");

    @Override
    public String type() {
        return "template.Pair";
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public @Nullable Value field(String field) {
        return switch (field) {
            case "Name" -> Text.of(name);
            case "Value" -> Text.of(text);
            default -> null;
        };
    }
}
