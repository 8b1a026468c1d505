package dev.tocsin.core.template.parse;

import java.util.List;

/** What stands between an action and its {@code end}, or all of a template. Immutable. */
public record Block(List<Node> nodes) {
    /** Copies {@code nodes}. */
    public Block {
        nodes = List.copyOf(nodes);
    }

    /** Whether it is nothing but white space; such a definition never replaces another. */
    public boolean isBlank() {
        for (Node node : nodes) {
            if (!(node instanceof Node.Text(int at, String text)) || !isSpace(text)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (" \t\r\n\f\u000b\u0085\u00a0".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
