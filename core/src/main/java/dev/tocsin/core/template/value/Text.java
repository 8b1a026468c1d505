package dev.tocsin.core.template.value;

/**
 * A text.
 *
 * @param value with bytes that are no UTF-8 as {@link Bytes} says
 */
public record Text(String value, TextType kind) implements Value {
    /** The empty string. */
    public static final Text EMPTY = new Text("", TextType.STRING);

    /** A plain string. */
    public static Text of(String value) {
        return value.isEmpty() ? EMPTY : new Text(value, TextType.STRING);
    }

    @Override
    public String type() {
        return kind.go();
    }

    @Override
    public boolean truth() {
        return !value.isEmpty();
    }
}
