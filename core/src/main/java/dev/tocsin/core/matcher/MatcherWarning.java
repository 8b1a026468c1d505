package dev.tocsin.core.matcher;

import org.slf4j.Logger;

/**
 * What an operator should know about a matcher that was accepted all the same (contract section 3.4).
 *
 * @param message what the matter is
 * @param input the text as it was written
 * @param origin where it came from: {@code config}, {@code api} or {@code cli}
 * @param error what the UTF-8 grammar says about the text; empty if it accepts it
 * @param suggestion the same matchers in a form that both grammars read alike; empty if {@code error} is
 */
public record MatcherWarning(String message, String input, String origin, String error, String suggestion) {
    private static final String INCOMPATIBLE =
            "Alertmanager is moving to a new parser for labels and matchers, and this input is incompatible with it:"
                    + " it was read the classic way. Quote values and regular expressions with double quotes and"
                    + " double the backslashes in them, or use the suggestion.";

    /** Only the classic grammar reads the text. */
    static MatcherWarning incompatible(String input, String origin, String error, String suggestion) {
        return new MatcherWarning(INCOMPATIBLE, input, origin, error, suggestion);
    }

    /** Both grammars read the text, but not as the same matchers. */
    static MatcherWarning disagreement(String input, String origin) {
        return new MatcherWarning("Matchers input has disagreement", input, origin, "", "");
    }

    /** Writes one line at level warn. */
    public void logTo(Logger log) {
        var line = log.atWarn().addKeyValue("input", input).addKeyValue("origin", origin);
        if (!error.isEmpty()) {
            line = line.addKeyValue("err", error).addKeyValue("suggestion", suggestion);
        }
        line.log(message);
    }
}
