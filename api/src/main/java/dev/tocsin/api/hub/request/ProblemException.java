package dev.tocsin.api.hub.request;

import java.io.Serial;

/** A request that cannot be answered as asked. */
public final class ProblemException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Carries {@code problem}. */
    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** One part of the request is wrong. */
    public static ProblemException at(String where, String what) {
        return new ProblemException(Problem.at(where, what));
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
