package dev.tocsin.core.yaml;

/** A value has the right YAML kind but makes no sense. The message is for the operator and holds no secret. */
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /** @param problem what is wrong, as the contract words it */
    public InvalidValueException(String problem) {
        super(problem);
        this.problem = problem;
    }

    @Override
    public String getMessage() {
        return problem;
    }
}
