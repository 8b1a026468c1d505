package dev.tocsin.core.yaml;

/** Writes texts in the simplest style that reads back as the same text. Lines longer than 80 columns break at a space. */
final class ScalarWriter {
    private static final int WIDTH = 80;
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder out;

    ScalarWriter(StringBuilder out) {
        this.out = out;
    }

    /** Writes a key on one line. */
    void key(String text, boolean flow) {
        write(text, 0, true, flow);
    }

    /**
     * Writes a value whose further lines, if any, begin at {@code indent} spaces. No line feed at the end.
     *
     * @param flow whether it stands between brackets or braces
     */
    void value(String text, int indent, boolean flow) {
        write(text, indent, false, flow);
    }

    /** Whether the line is full. */
    boolean isFull() {
        return column() > WIDTH;
    }

    private void write(String text, int indent, boolean key, boolean flow) {
        ScalarShape shape = ScalarShape.of(text);
        boolean isText =
                YamlResolver.value(text) instanceof String && !isBase60(text) && !new Timestamp(text).matches();
        if (text.indexOf('\n') >= 0) {
            if (shape.block() && !key && !flow) {
                literal(text, indent);
            } else {
                doubleQuoted(text, indent, key);
            }
        } else if (!isText) {
            doubleQuoted(text, indent, key);
        } else if (flow ? shape.flowPlain() : shape.plain()) {
            folded(text, indent, key);
        } else if (shape.singleQuoted() && !(key && hasBreak(text))) {
            out.append('\'');
            folded(text.replace("'", "''"), indent, key);
            out.append('\'');
        } else {
            doubleQuoted(text, indent, key);
        }
    }

    private static boolean hasBreak(String text) {
        return text.codePoints().anyMatch(ScalarShape::isBreak);
    }

    /** Times such as {@code 12:30:45}, which older parsers take for numbers of base 60. */
    private static boolean isBase60(String text) {
        int colon = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = i == 0 && (c == '-' || c == '+');
            if (c == ':') {
                colon = i;
            } else if (!sign && c != '_' && c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return colon >= 0 && new Base60(text).matches();
    }

    /** Plain or single-quoted content. A single space beyond the width becomes the end of the line. */
    private void folded(String text, int indent, boolean key) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lone = c == ' '
                    && i > 0
                    && i + 1 < text.length()
                    && text.charAt(i - 1) != ' '
                    && text.charAt(i + 1) != ' ';
            if (lone && !key && column() > WIDTH) {
                out.append('\n').repeat(' ', indent);
            } else {
                out.append(c);
            }
        }
    }

    private int column() {
        return out.codePointCount(out.lastIndexOf("\n") + 1, out.length());
    }

    private void literal(String text, int indent) {
        out.append('|');
        if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
            out.append('2');
        }
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.length() == 1 || text.charAt(text.length() - 2) == '\n') {
            out.append('+');
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                out.repeat(' ', indent).append(line);
            }
        }
    }

    private void doubleQuoted(String text, int indent, boolean key) {
        out.append('"');
        boolean spaceBefore = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean inside = i > 0 && next < text.length();
            if (c == ' ' && !key && !spaceBefore && inside && column() > WIDTH) {
                out.append('\n').repeat(' ', indent);
                if (text.charAt(next) == ' ') {
                    out.append('\\');
                }
            } else {
                escaped(c);
            }
            spaceBefore = c == ' ';
            i = next;
        }
        out.append('"');
    }

    private void escaped(int c) {
        boolean plain = ScalarShape.isPrintable(c) && !ScalarShape.isBreak(c) && c != '"' && c != '\\';
        if (plain) {
            out.appendCodePoint(c);
            return;
        }
        out.append('\\');
        switch (c) {
            case 0 -> out.append('0');
            case 7 -> out.append('a');
            case 8 -> out.append('b');
            case 9 -> out.append('t');
            case 10 -> out.append('n');
            case 11 -> out.append('v');
            case 12 -> out.append('f');
            case 13 -> out.append('r');
            case 27 -> out.append('e');
            case '"', '\\' -> out.append((char) c);
            case 0x85 -> out.append('N');
            case 0x2028 -> out.append('L');
            case 0x2029 -> out.append('P');
            default -> hex(c);
        }
    }

    private void hex(int c) {
        int digits = c <= 0xff ? 2 : c <= 0xffff ? 4 : 8;
        out.append(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xf));
        }
    }
}
