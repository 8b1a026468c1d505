package dev.tocsin.core.yaml;

/** The text is not YAML, or exceeds a bound of the reader. The message starts with {@code yaml: }. */
public final class YamlSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final transient YamlSpan at;

    /** @param at where it was noticed */
    public YamlSyntaxException(String problem, YamlSpan at) {
        super(problem);
        this.problem = problem;
        this.at = at;
    }

    @Override
    public String getMessage() {
        return problem;
    }

    /** Where it was noticed. */
    public YamlSpan at() {
        return at;
    }
}
