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
    /** Whether the next collection stands on one line. Every key sets it, every collection takes it. */
    private boolean flowNext;

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
            flowNext = mapping.isFlow(entry.getKey());
            value(entry.getValue(), indent);
        }
    }

    private void key(String key, int indent) {
        boolean simple = key.indexOf('\n') < 0 && key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SIMPLE_KEY;
        if (simple) {
            scalars.key(key, false);
            out.append(':');
            return;
        }
        out.append("? ");
        scalars.value(key, indent + 2, false);
        out.append('\n').repeat(' ', indent).append(':');
    }

    private void value(YamlMapping.Value value, int indent) {
        if (isLine(value)) {
            out.append(' ');
            line(value, indent);
            return;
        }
        out.append('\n');
        switch (value) {
            case YamlMapping.Value.Fields(YamlMapping mapping) -> fields(mapping, indent + 2, false);
            case YamlMapping.Value.Items(List<YamlMapping.Value> items) -> items(items, indent, false);
            default -> throw new IllegalStateException("a scalar stands on its line");
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
            if (isLine(item)) {
                line(item, indent);
                continue;
            }
            switch (item) {
                case YamlMapping.Value.Fields(YamlMapping mapping) -> fields(mapping, indent + 2, true);
                case YamlMapping.Value.Items(List<YamlMapping.Value> inner) -> items(inner, indent + 2, true);
                default -> throw new IllegalStateException("a scalar stands on its line");
            }
        }
    }

    /** Whether a value is a scalar, an empty collection or one in flow style. */
    private boolean isLine(YamlMapping.Value value) {
        return switch (value) {
            case YamlMapping.Value.Text text -> true;
            case YamlMapping.Value.Literal literal -> true;
            case YamlMapping.Value.Fields(YamlMapping mapping) -> mapping.isEmpty() || flowNext;
            case YamlMapping.Value.Items(List<YamlMapping.Value> items) -> items.isEmpty() || flowNext;
        };
    }

    private void line(YamlMapping.Value value, int indent) {
        flow(value, indent, false);
        out.append('\n');
    }

    /** @param inside whether the value stands between brackets or braces already */
    private void flow(YamlMapping.Value value, int indent, boolean inside) {
        switch (value) {
            case YamlMapping.Value.Text(String text) -> scalars.value(text, indent + 2, inside);
            case YamlMapping.Value.Literal(String text) -> out.append(text);
            case YamlMapping.Value.Items(List<YamlMapping.Value> items) -> flowItems(items, indent + 2);
            case YamlMapping.Value.Fields(YamlMapping mapping) -> flowFields(mapping, indent + 2);
        }
    }

    private void flowItems(List<YamlMapping.Value> items, int indent) {
        flowNext = false;
        out.append('[');
        boolean first = true;
        for (YamlMapping.Value item : items) {
            separate(first, indent);
            first = false;
            flow(item, indent, true);
        }
        out.append(']');
    }

    private void flowFields(YamlMapping mapping, int indent) {
        flowNext = false;
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, YamlMapping.Value> entry : mapping.entries().entrySet()) {
            separate(first, indent);
            first = false;
            scalars.key(entry.getKey(), true);
            out.append(": ");
            flowNext = mapping.isFlow(entry.getKey());
            flow(entry.getValue(), indent, true);
        }
        out.append('}');
    }

    private void separate(boolean first, int indent) {
        if (!first) {
            out.append(',');
        }
        if (scalars.isFull()) {
            out.append('\n').repeat(' ', indent);
        } else if (!first) {
            out.append(' ');
        }
    }
}
