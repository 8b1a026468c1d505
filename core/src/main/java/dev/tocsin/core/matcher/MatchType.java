package dev.tocsin.core.matcher;

/** The four operators, in the order in which matchers of one name and value sort and in which snapshots number them. */
public enum MatchType {
    /** {@code =} */
    EQUAL("="),
    /** {@code !=} */
    NOT_EQUAL("!="),
    /** {@code =~} */
    REGEXP("=~"),
    /** {@code !~} */
    NOT_REGEXP("!~");

    private final String operator;

    MatchType(String operator) {
        this.operator = operator;
    }

    /** The operator as it is written in a matcher. */
    public String operator() {
        return operator;
    }

    /** Whether the value is a regular expression. */
    public boolean isRegex() {
        return this == REGEXP || this == NOT_REGEXP;
    }

    /** Whether the matcher asks for equality or a match rather than for their absence. */
    public boolean isPositive() {
        return this == EQUAL || this == REGEXP;
    }

    /** The operator for the two booleans of the HTTP API. */
    public static MatchType of(boolean isRegex, boolean isEqual) {
        if (isRegex) {
            return isEqual ? REGEXP : NOT_REGEXP;
        }
        return isEqual ? EQUAL : NOT_EQUAL;
    }
}
