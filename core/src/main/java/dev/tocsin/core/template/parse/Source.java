package dev.tocsin.core.template.parse;

/**
 * A text that was parsed, for error positions.
 *
 * @param name the file's name; empty for texts of the configuration
 * @param text what was parsed
 */
public record Source(String name, String text) {
    /** The line of the character at {@code index}, counted from 1. */
    public int line(int index) {
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
            line++;
        }
        return line;
    }

    /** {@code name:line:column} of the character at {@code index}; the column counts UTF-8 bytes from 0. */
    public String position(int index) {
        int column = 0;
        for (int i = text.lastIndexOf('\n', index - 1) + 1; i < index; i++) {
            char c = text.charAt(i);
            column += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return name + ":" + line(index) + ":" + column;
    }
}
