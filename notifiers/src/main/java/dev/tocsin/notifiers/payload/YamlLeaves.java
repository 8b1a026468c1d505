package dev.tocsin.notifiers.payload;

import dev.tocsin.core.yaml.YamlLimits;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlReader;
import dev.tocsin.core.yaml.YamlResolver;
import dev.tocsin.core.yaml.YamlSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which strings in a payload become what they look like (notifiers contract section 1.1.1): a rendered
 * string that reads as YAML of another kind is replaced by what it reads as, once. Stateless.
 */
public final class YamlLeaves {
    /** A rendered string is small; a bomb of aliases must not be. */
    private static final YamlLimits LIMITS = new YamlLimits(4 << 20, 100, 10_000);

    private YamlLeaves() {}

    /**
     * {@code value} with every string in lists and maps rendered and then replaced by {@link #leaf}. Keys of maps are
     * rendered; those that are no strings are dropped.
     *
     * @param renderer renders a text, such as {@code rendering::text}
     */
    public static @Nullable Object replace(@Nullable Object value, UnaryOperator<String> renderer) {
        return switch (value) {
            case null -> null;
            case String text -> leaf(renderer.apply(text));
            case List<?> items -> {
                List<@Nullable Object> replaced = new ArrayList<>(items.size());
                for (Object item : items) {
                    replaced.add(replace(item, renderer));
                }
                yield replaced;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
                map.forEach((key, item) -> {
                    if (key instanceof String name) {
                        replaced.put(renderer.apply(name), replace(item, renderer));
                    }
                });
                yield replaced;
            }
            default -> value;
        };
    }

    /** What {@code text} reads as; {@code text} itself if that is a string or no YAML. */
    public static @Nullable Object leaf(String text) {
        try {
            YamlNode node = new YamlReader(text, LIMITS).read();
            if (node == null && text.startsWith("%")) {
                return text; // a directive without a document is no YAML
            }
            Object value = node == null ? null : YamlResolver.value(node);
            return value instanceof String ? text : value;
        } catch (YamlSyntaxException e) {
            return text;
        }
    }
}
