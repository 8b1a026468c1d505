package dev.tocsin.core.yaml;

/** A value has the right YAML kind but makes no sense. The message is for the operator and holds no secret. */
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, as the contract words it */
    public InvalidValueException(String message) {
        super(message);
    }
}
