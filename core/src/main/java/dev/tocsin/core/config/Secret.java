package dev.tocsin.core.config;

/**
 * A text that must never be printed. {@link #toString()} shows {@code <secret>}; only {@link #reveal()} gives the text.
 *
 * @param reveal the secret text; may be empty
 */
public record Secret(String reveal) {
    /** What is shown instead of a secret. */
    public static final String MASK = "<secret>";

    /** No secret. */
    public static final Secret NONE = new Secret("");

    /** Whether there is no secret. */
    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    public String toString() {
        return reveal.isEmpty() ? "" : MASK;
    }
}
