package dev.tocsin.notifiers.jira;

import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.StatusRule;

/** A step that failed ends the whole notification. */
final class JiraException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    JiraException(Outcome outcome) {
        super(outcome.toString());
        this.outcome = outcome;
    }

    /** It would fail again. */
    static JiraException permanent(String message) {
        return new JiraException(StatusRule.permanent(message));
    }

    /** What became of the notification; no success. */
    Outcome outcome() {
        return outcome;
    }

    /** The same failure, with words before its message. */
    JiraException prefixed(String before) {
        return new JiraException(StatusRule.prefixed(before, outcome));
    }
}
