package dev.tocsin.core.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A map to be printed, built key by key; keys keep the order of building. Not for several threads. */
public final class YamlMapping {
    private final Map<String, Value> entries = new LinkedHashMap<>();
    private final Set<String> flow = new HashSet<>();

    /** What stands behind a key. */
    sealed interface Value {
        /** Printed with the quotes that it needs to stay a text. */
        record Text(String text) implements Value {}

        /** Printed as it is: a number, a boolean or null. */
        record Literal(String text) implements Value {}

        record Items(List<Value> items) implements Value {}

        record Fields(YamlMapping mapping) implements Value {}
    }

    /** Nothing yet. */
    public YamlMapping() {}

    /** A text, also if it is empty. It is quoted if it could be read as something else. */
    public YamlMapping text(String key, String value) {
        entries.put(key, new Value.Text(value));
        return this;
    }

    /** The text of a value unless it is null or its text is empty; of a secret that is its mask. */
    public YamlMapping textIfSet(String key, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.isEmpty() ? this : text(key, text);
    }

    /** A boolean. */
    public YamlMapping bool(String key, boolean value) {
        entries.put(key, new Value.Literal(Boolean.toString(value)));
        return this;
    }

    /** A boolean if it is true. */
    public YamlMapping boolIfTrue(String key, boolean value) {
        return value ? bool(key, true) : this;
    }

    /** A whole number. */
    public YamlMapping integer(String key, long value) {
        entries.put(key, new Value.Literal(Long.toString(value)));
        return this;
    }

    /** A number in the shortest form that reads back as itself. */
    public YamlMapping number(String key, double value) {
        entries.put(key, new Value.Literal(YamlNumber.text(value)));
        return this;
    }

    /** The texts of values as a list, {@code []} if there are none. */
    public YamlMapping texts(String key, List<?> values) {
        List<Value> items = new ArrayList<>(values.size());
        for (Object value : values) {
            items.add(new Value.Text(value.toString()));
        }
        entries.put(key, new Value.Items(items));
        return this;
    }

    /** The texts of values as a list, unless there are none. */
    public YamlMapping textsIfAny(String key, List<?> values) {
        return values.isEmpty() ? this : texts(key, values);
    }

    /**
     * The texts of values as a list on one line, or one text. After a text that is the last of its map the next item of
     * the list around it is printed on one line too: Alertmanager's printer does it, and its output is compared.
     */
    public YamlMapping flow(String key, Object value) {
        flow.add(key);
        return value instanceof List<?> values ? texts(key, values) : text(key, value.toString());
    }

    /** A map of texts, sorted by key, unless it is empty. */
    public YamlMapping textMapIfAny(String key, Map<String, ?> values) {
        return mappingIfAny(key, values, (value, name, map) -> map.text(name, value.toString()));
    }

    /** A map, sorted by key, whose values {@code content} puts in, unless it is empty. */
    public <T> YamlMapping mappingIfAny(String key, Map<String, T> values, EntryWriter<T> content) {
        if (values.isEmpty()) {
            return this;
        }
        YamlMapping map = new YamlMapping();
        for (String name : new KeyOrder().sorted(values.keySet())) {
            T value = values.get(name);
            if (value != null) {
                content.write(value, name, map);
            }
        }
        entries.put(key, new Value.Fields(map));
        return this;
    }

    /** Puts one value of a map in its place. */
    @FunctionalInterface
    public interface EntryWriter<T> {
        /** Puts {@code value} into {@code out} under {@code key}. */
        void write(T value, String key, YamlMapping out);
    }

    /** A map that was built before. */
    public YamlMapping put(String key, YamlMapping map) {
        entries.put(key, new Value.Fields(map));
        return this;
    }

    /** A map that {@code content} fills; {@code {}} if it puts in nothing. */
    public YamlMapping mapping(String key, Consumer<YamlMapping> content) {
        YamlMapping map = new YamlMapping();
        content.accept(map);
        entries.put(key, new Value.Fields(map));
        return this;
    }

    /** A list of maps, one for each item, unless there are none. */
    public <T> YamlMapping mappingsIfAny(String key, List<T> items, BiConsumer<T, YamlMapping> content) {
        if (!items.isEmpty()) {
            List<Value> maps = new ArrayList<>(items.size());
            for (T item : items) {
                YamlMapping map = new YamlMapping();
                content.accept(item, map);
                maps.add(new Value.Fields(map));
            }
            entries.put(key, new Value.Items(maps));
        }
        return this;
    }

    /** A value of any shape, as {@link YamlResolver#value(YamlNode)} gives them. Keys of maps are sorted. */
    public YamlMapping any(String key, @Nullable Object value) {
        entries.put(key, value(value));
        return this;
    }

    private static Value value(@Nullable Object value) {
        return switch (value) {
            case null -> new Value.Literal("null");
            case Double number -> new Value.Literal(YamlNumber.text(number));
            case Number number -> new Value.Literal(number.toString());
            case Boolean bool -> new Value.Literal(bool.toString());
            case List<?> list -> {
                List<Value> items = new ArrayList<>(list.size());
                for (Object item : list) {
                    items.add(value(item));
                }
                yield new Value.Items(items);
            }
            case Map<?, ?> map -> {
                Map<String, Value> byName = new LinkedHashMap<>();
                map.forEach((name, item) -> byName.put(String.valueOf(name), value(item)));
                YamlMapping fields = new YamlMapping();
                for (String name : new KeyOrder().sorted(byName.keySet())) {
                    fields.entries.put(name, byName.getOrDefault(name, new Value.Literal("null")));
                }
                yield new Value.Fields(fields);
            }
            default -> new Value.Text(value.toString());
        };
    }

    /** Whether nothing was put in. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether the value of a key stands on one line. */
    boolean isFlow(String key) {
        return flow.contains(key);
    }

    Map<String, Value> entries() {
        return entries;
    }
}
