package dev.tocsin.core.yaml;

/** The text is not YAML, or exceeds a bound of the reader. The message starts with {@code yaml: }. */
public final class YamlSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient YamlSpan at;

    /** @param at where it was noticed */
    public YamlSyntaxException(String message, YamlSpan at) {
        super(message);
        this.at = at;
    }

    /** Where it was noticed. */
    public YamlSpan at() {
        return at;
    }
}
