package dev.tocsin.core.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one map, asked for by key. What is wrong goes to the {@link YamlProblems}; the methods then answer as if
 * the key were absent. A null value is not an absent one: it stands for empty, zero or false. Not for several threads.
 */
public final class YamlFields {
    private final YamlProblems problems;
    private final YamlNode node;
    private final String type;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    private final List<YamlNode.Entry> all = new ArrayList<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlFields(YamlProblems problems, YamlNode node, String type) {
        this.problems = problems;
        this.node = node;
        this.type = type;
    }

    static YamlFields of(YamlProblems problems, YamlNode node, String type) {
        YamlFields fields = new YamlFields(problems, node, type);
        if (node instanceof YamlNode.Mapping mapping) {
            // A key may come twice if one of the two is merged in, not within one map.
            new MergeKeys(problems).flatten(mapping, fields::overlay);
            fields.reportDuplicates(mapping);
        } else if (!node.isNull()) {
            problems.mistyped(node, type, "");
        }
        return fields;
    }

    private void overlay(List<YamlNode.Entry> run) {
        for (YamlNode.Entry entry : run) {
            if (entry.key() instanceof YamlNode.Scalar key) {
                entries.put(key.text(), entry);
                all.add(entry);
            } else {
                problems.mistyped(entry.key(), "string", "");
            }
        }
    }

    private void reportDuplicates(YamlNode.Mapping mapping) {
        Set<String> seen = new LinkedHashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            boolean merge = MergeKeys.isMerge(entry.key());
            if (!merge && entry.key() instanceof YamlNode.Scalar key && !seen.add(key.text())) {
                problems.mistyped(key.span(), "field " + key.text() + " already set in type " + type, "");
            }
        }
    }

    void reportUnknown() {
        for (YamlNode.Entry entry : all) {
            YamlNode.Scalar key = (YamlNode.Scalar) entry.key();
            if (!asked.contains(key.text()) && !problems.isFull()) {
                problems.mistyped(
                        key.span(),
                        "field " + key.text() + " not found in type " + type,
                        Suggestion.of(key.text(), asked));
            }
        }
    }

    /** Where problems go. */
    public YamlProblems problems() {
        return problems;
    }

    /** The map itself. */
    public YamlNode node() {
        return node;
    }

    /** Says that the map as a whole makes no sense. Of several such refusals the first one counts. */
    public void refuse(String message) {
        problems.refuse(node.span(), message, "");
    }

    /** As {@link #refuse(String)}, pointing at the value of {@code key} if it is there. */
    public void refuseAt(String key, String message) {
        YamlNode value = node(key);
        problems.refuse(node.span(), value == null ? node.span() : value.span(), message, "");
    }

    /** The value of a key as it is written, also if it is null; null if the key is absent. */
    public @Nullable YamlNode node(String key) {
        asked.add(key);
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /** Whether the key is there with a value other than null. */
    public boolean has(String key) {
        YamlNode value = node(key);
        return value != null && !value.isNull();
    }

    /** A text; empty if the key is absent. */
    public String string(String key) {
        return string(key, "");
    }

    /** A text; numbers and booleans count as what is written. */
    public String string(String key, String whenAbsent) {
        return text(key, whenAbsent, "", text -> text);
    }

    /**
     * A value that is written as a text.
     *
     * @param otherwise the value if the key is absent or null, or cannot be decoded
     */
    public <T extends @Nullable Object> T text(String key, T otherwise, TextDecoder<T> decoder) {
        return text(key, otherwise, otherwise, decoder);
    }

    /** As {@link #text(String, Object, TextDecoder)} with another value if the key is there but null. */
    public <T extends @Nullable Object> T text(String key, T whenAbsent, T whenNull, TextDecoder<T> decoder) {
        YamlNode value = node(key);
        if (value == null) {
            return whenAbsent;
        }
        if (value.isNull()) {
            return whenNull;
        }
        return text(value, whenAbsent, decoder);
    }

    private <T extends @Nullable Object> T text(YamlNode value, T otherwise, TextDecoder<T> decoder) {
        if (!(value instanceof YamlNode.Scalar scalar)) {
            problems.mistyped(value, "string", "");
            return otherwise;
        }
        try {
            return decoder.decode(scalar.text());
        } catch (InvalidValueException e) {
            problems.refuse(value.span(), e.getMessage(), "");
            return otherwise;
        }
    }

    /** A boolean by the rules of YAML 1.1: also {@code yes}, {@code off} and {@code y}. */
    public boolean bool(String key, boolean whenAbsent) {
        return scalar(
                key, whenAbsent, false, "bool", scalar -> YamlResolver.value(scalar) instanceof Boolean b ? b : null);
    }

    /** A whole number. */
    public long integer(String key, long whenAbsent) {
        return scalar(key, whenAbsent, 0L, "int", YamlFields::whole);
    }

    /** A whole number that is not negative; what does not fit counts as the largest one. */
    public long unsigned(String key, long whenAbsent) {
        return scalar(key, whenAbsent, 0L, "uint64", scalar -> {
            if (YamlResolver.value(scalar) instanceof BigInteger) {
                return Long.MAX_VALUE;
            }
            Long number = whole(scalar);
            return number == null || number < 0 ? null : number;
        });
    }

    private static @Nullable Long whole(YamlNode.Scalar scalar) {
        return switch (YamlResolver.value(scalar)) {
            case Long number -> number;
            case Double number when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> number.longValue();
            case null, default -> null;
        };
    }

    /** A number. */
    public double number(String key, double whenAbsent) {
        return scalar(
                key,
                whenAbsent,
                0.0,
                "float64",
                scalar -> YamlResolver.value(scalar) instanceof Number number ? number.doubleValue() : null);
    }

    /**
     * A value whose meaning depends on the kind of scalar.
     *
     * @param goType stands in the message if {@code decoder} answers null: the scalar has the wrong kind
     */
    public <T> T scalar(
            String key, T whenAbsent, T whenNull, String goType, Function<YamlNode.Scalar, @Nullable T> decoder) {
        YamlNode value = node(key);
        if (value == null) {
            return whenAbsent;
        }
        if (value.isNull()) {
            return whenNull;
        }
        T decoded = value instanceof YamlNode.Scalar scalar ? decoder.apply(scalar) : null;
        if (decoded == null) {
            problems.mistyped(value, goType, "");
            return whenAbsent;
        }
        return decoded;
    }

    /** A list of texts; empty if the key is absent. A single text is not a list. */
    public List<String> strings(String key) {
        return texts(key, "string", "", text -> text);
    }

    /** A list of values that are written as texts. */
    public <T> List<T> texts(String key, String goElementType, T whenNull, TextDecoder<T> decoder) {
        return list(key, goElementType, item -> item.isNull() ? whenNull : text(item, whenNull, decoder));
    }

    /** A list; empty if the key is absent. {@code decoder} also gets null items. */
    public <T> List<T> list(String key, String goElementType, Function<YamlNode, T> decoder) {
        YamlNode value = node(key);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!(value instanceof YamlNode.Sequence sequence)) {
            problems.mistyped(value, "[]" + goElementType, "write a list, such as [a, b]");
            return List.of();
        }
        List<T> items = new ArrayList<>(sequence.items().size());
        for (YamlNode item : sequence.items()) {
            items.add(decoder.apply(item));
        }
        return List.copyOf(items);
    }

    /** A map from text to text in the order of the document; empty if the key is absent. */
    public Map<String, String> stringMap(String key) {
        return map(key, "map[string]string", item -> item.isNull() ? "" : text(item, "", text -> text));
    }

    /** A map with free keys in the order of the document; empty if the key is absent. {@code decoder} also gets null values. */
    public <T> Map<String, T> map(String key, String goType, Function<YamlNode, T> decoder) {
        YamlNode value = node(key);
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!(value instanceof YamlNode.Mapping mapping)) {
            problems.mistyped(value, goType, "");
            return Map.of();
        }
        Map<String, T> values = new LinkedHashMap<>();
        new MergeKeys(problems).flatten(mapping, run -> {
            for (YamlNode.Entry entry : run) {
                if (!(entry.key() instanceof YamlNode.Scalar name)) {
                    problems.mistyped(entry.key(), "string", "");
                } else if (values.containsKey(name.text())) {
                    problems.mistyped(entry.value().span(), "key \"" + name.text() + "\" already set in map", "");
                } else {
                    values.put(name.text(), decoder.apply(entry.value()));
                }
            }
        });
        return Collections.unmodifiableMap(values);
    }

    /** A map with known keys; null if the key is absent or null. */
    public <T> @Nullable T struct(String key, String goType, Function<YamlFields, T> reader) {
        YamlNode value = node(key);
        return value == null || value.isNull() ? null : problems.struct(value, goType, reader);
    }
}
