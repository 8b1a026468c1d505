package dev.tocsin.api.hub;

import java.io.Serial;

/** A request that cannot be answered as asked. */
final class ProblemException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** One part of the request is wrong. */
    static ProblemException at(String where, String what) {
        return new ProblemException(Problem.at(where, what));
    }

    Problem problem() {
        return problem;
    }
}
