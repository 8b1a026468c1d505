package dev.tocsin.core.yaml;

/**
 * Where a node stands in the text, and when a depth-first reader enters and leaves it. The two counters say which of two
 * nodes such a reader finishes first and whether one contains the other.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param opened counter when the node begins
 * @param closed counter when the node ends; larger than that of every node inside
 */
public record YamlSpan(int line, int column, int opened, int closed) {
    /** The beginning of a text, for what concerns the text as a whole: it contains every node. */
    public static final YamlSpan WHOLE = new YamlSpan(1, 1, -1, Integer.MAX_VALUE);

    /** Whether {@code other} is this node or lies inside it. */
    public boolean contains(YamlSpan other) {
        return opened <= other.opened && other.closed <= closed;
    }
}
