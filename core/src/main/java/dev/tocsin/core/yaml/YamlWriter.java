package dev.tocsin.core.yaml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Prints a map as Go programs of this field do: block style, two spaces, lists at the indent of their key, texts with as
 * few quotes as they need. Tools compare and parse the result. Not for several threads.
 */
public final class YamlWriter {
    private static final int LONGEST_SIMPLE_KEY = 128;

    private final StringBuilder out = new StringBuilder();
    private final ScalarWriter scalars = new ScalarWriter(out);

    /** A writer of one text. */
    public YamlWriter() {}

    /** The text of {@code mapping}, which ends with a line feed. */
    public String write(YamlMapping mapping) {
        if (mapping.isEmpty()) {
            return "{}\n";
        }
        fields(mapping, 0, false);
        return out.toString();
    }

    /** @param inLine whether the cursor already stands where the first key begins, behind a dash */
    private void fields(YamlMapping mapping, int indent, boolean inLine) {
        boolean first = inLine;
        for (Map.Entry<String, YamlMapping.Value> entry : mapping.entries().entrySet()) {
            if (!first) {
                out.repeat(' ', indent);
            }
            first = false;
            key(entry.getKey(), indent);
            value(entry.getValue(), indent);
        }
    }

    private void key(String key, int indent) {
        boolean simple = key.indexOf('\n') < 0 && key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SIMPLE_KEY;
        if (simple) {
            scalars.key(key);
            out.append(':');
            return;
        }
        out.append("? ");
        scalars.value(key, indent + 2);
        out.append('\n').repeat(' ', indent).append(':');
    }

    private void value(YamlMapping.Value value, int indent) {
        switch (value) {
            case YamlMapping.Value.Fields(YamlMapping mapping)
            when !mapping.isEmpty() -> {
                out.append('\n');
                fields(mapping, indent + 2, false);
            }
            case YamlMapping.Value.Items(List<YamlMapping.Value> items)
            when !items.isEmpty() -> {
                out.append('\n');
                items(items, indent, false);
            }
            default -> {
                out.append(' ');
                leaf(value, indent);
            }
        }
    }

    private void items(List<YamlMapping.Value> items, int indent, boolean inLine) {
        boolean first = inLine;
        for (YamlMapping.Value item : items) {
            if (!first) {
                out.repeat(' ', indent);
            }
            first = false;
            out.append("- ");
            switch (item) {
                case YamlMapping.Value.Fields(YamlMapping mapping)
                when !mapping.isEmpty() -> fields(mapping, indent + 2, true);
                case YamlMapping.Value.Items(List<YamlMapping.Value> inner)
                when !inner.isEmpty() -> items(inner, indent + 2, true);
                default -> leaf(item, indent);
            }
        }
    }

    private void leaf(YamlMapping.Value value, int indent) {
        switch (value) {
            case YamlMapping.Value.Text(String text) -> scalars.value(text, indent + 2);
            case YamlMapping.Value.Literal(String text) -> out.append(text);
            case YamlMapping.Value.Items none -> out.append("[]");
            case YamlMapping.Value.Fields none -> out.append("{}");
        }
        out.append('\n');
    }
}
