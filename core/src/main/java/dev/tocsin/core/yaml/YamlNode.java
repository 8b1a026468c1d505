package dev.tocsin.core.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node of a parsed document. Aliases stand as the node they name. Immutable; safe for all threads. */
public sealed interface YamlNode {
    /** Where the node stands. */
    YamlSpan span();

    /** How YAML names the kind of the node in messages: {@code !!str}, {@code !!seq}, {@code !!map} and so on. */
    String tag();

    /** An empty map in the place of this node. */
    default Mapping emptied() {
        return new Mapping(span(), List.of());
    }

    /** Whether the node is an unquoted {@code null}, {@code ~} or nothing at all. */
    default boolean isNull() {
        return false;
    }

    /**
     * A scalar.
     *
     * @param text the source text, unquoted and unescaped but otherwise as written
     * @param plain whether it was written without quotes, so that it can stand for something else than a string
     * @param explicitTag the tag written before it, in the short form {@code !!int}; null if there was none
     */
    record Scalar(
            YamlSpan span,
            String text,
            boolean plain,
            @Nullable String explicitTag) implements YamlNode {
        @Override
        public String tag() {
            if (explicitTag != null) {
                return explicitTag;
            }
            return YamlResolver.tag(this);
        }

        @Override
        public boolean isNull() {
            return YamlResolver.isNull(this);
        }
    }

    /**
     * A list.
     *
     * @param items in order; may be empty
     */
    record Sequence(YamlSpan span, List<YamlNode> items) implements YamlNode {
        @Override
        public String tag() {
            return "!!seq";
        }
    }

    /**
     * A map.
     *
     * @param entries in order, as written: neither merged nor checked for duplicates
     */
    record Mapping(YamlSpan span, List<Entry> entries) implements YamlNode {
        @Override
        public String tag() {
            return "!!map";
        }
    }

    /** A key and its value. */
    record Entry(YamlNode key, YamlNode value) {}
}
