package dev.tocsin.notifiers.json;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.label.Utf8Order;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON with the escapes and number forms of Go's encoder (notifiers contract section 0.4): receivers that compare
 * or sign bodies see the bytes they know. Objects and lists are opened and closed by hand; commas come by themselves. Not
 * for several threads.
 */
public final class GoJson {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;
    private boolean comma;

    /**
     * A value that is JSON already.
     *
     * @param json as {@link JsonText#compact} gives it
     */
    public record Written(String json) {}

    /** Nothing written yet. */
    public GoJson() {}

    /** <code>{</code>. */
    public GoJson openObject() {
        return open('{');
    }

    /** <code>}</code>. */
    public GoJson closeObject() {
        return close('}');
    }

    /** {@code [}. */
    public GoJson openList() {
        return open('[');
    }

    /** {@code ]}. */
    public GoJson closeList() {
        return close(']');
    }

    /** The name of the next value of an object. */
    public GoJson name(String name) {
        separate();
        quote(name);
        put(':');
        comma = false;
        return this;
    }

    /** A string. */
    public GoJson text(String value) {
        separate();
        quote(value);
        return this;
    }

    /** A name and a string. */
    public GoJson text(String name, String value) {
        return name(name).text(value);
    }

    /** A name and a string, unless the string is empty. */
    public GoJson textIfSet(String name, String value) {
        return value.isEmpty() ? this : text(name, value);
    }

    /** A name and a list of strings, unless the list is empty. */
    public GoJson textsIfAny(String name, List<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        name(name).openList();
        values.forEach(this::text);
        return closeList();
    }

    /** A whole number. */
    public GoJson whole(long value) {
        return literal(Long.toString(value));
    }

    /** {@code true} or {@code false}. */
    public GoJson bool(boolean value) {
        return literal(value ? "true" : "false");
    }

    /** An object of the labels in their order. */
    public GoJson labels(LabelSet labels) {
        openObject();
        for (int i = 0; i < labels.size(); i++) {
            text(labels.name(i), labels.value(i));
        }
        return closeObject();
    }

    /**
     * A value of any shape: null, strings, booleans, numbers, lists, maps and what is {@link Written}. Maps are sorted by key in byte order; entries
     * whose key is not a string are left out, as Alertmanager does.
     *
     * @throws IllegalArgumentException if a number is not finite, with Go's words
     */
    public GoJson any(@Nullable Object value) {
        return switch (value) {
            case null -> literal("null");
            case String text -> text(text);
            case Boolean flag -> bool(flag);
            case Double number -> literal(real(number));
            case Number number -> literal(number.toString());
            case List<?> items -> {
                openList();
                items.forEach(this::any);
                yield closeList();
            }
            case Map<?, ?> map -> object(map);
            case Written(String json) -> written(json);
            default -> throw new IllegalArgumentException("json: unsupported type: " + value.getClass());
        };
    }

    /** What was written, ended by the line feed that Go's encoder adds. */
    public byte[] line() {
        byte[] line = Arrays.copyOf(bytes, length + 1);
        line[length] = '\n';
        return line;
    }

    private GoJson object(Map<?, ?> map) {
        List<String> names = new ArrayList<>(map.size());
        for (Object key : map.keySet()) {
            if (key instanceof String name) {
                names.add(name);
            }
        }
        names.sort(Utf8Order::compare);
        openObject();
        for (String name : names) {
            name(name).any(map.get(name));
        }
        return closeObject();
    }

    private static String real(double value) {
        if (!Double.isFinite(value)) {
            String name = Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
            throw new IllegalArgumentException("json: unsupported value: " + name);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size >= 1e-6 && size < 1e21) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
    }

    private GoJson open(char bracket) {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private GoJson close(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private GoJson literal(String text) {
        separate();
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
        return this;
    }

    private GoJson written(String json) {
        separate();
        for (byte b : json.getBytes(StandardCharsets.UTF_8)) {
            put((char) b);
        }
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
        comma = true;
    }

    private void quote(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x80 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&') {
                put(c);
            } else if (c < 0x80) {
                escapeAscii(c);
            } else if (c == '\u2028' || c == '\u2029') {
                escapeUnicode(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                escapeUnicode('\ufffd');
            } else {
                utf8(c);
            }
        }
        put('"');
    }

    private void escapeAscii(char c) {
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\b' -> escape('b');
            case '\f' -> escape('f');
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            default -> escapeUnicode(c);
        }
    }

    private void escape(char c) {
        put('\\');
        put(c);
    }

    private void escapeUnicode(char c) {
        escape('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[(c >> shift) & 0xf]);
        }
    }

    private void utf8(int c) {
        if (c < 0x800) {
            put((char) (0xc0 | (c >> 6)));
        } else {
            if (c < 0x10000) {
                put((char) (0xe0 | (c >> 12)));
            } else {
                put((char) (0xf0 | (c >> 18)));
                put((char) (0x80 | ((c >> 12) & 0x3f)));
            }
            put((char) (0x80 | ((c >> 6) & 0x3f)));
        }
        put((char) (0x80 | (c & 0x3f)));
    }

    /** Appends one byte. */
    private void put(char c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) c;
    }
}
