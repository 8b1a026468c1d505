package dev.tocsin.api.service;

import java.util.List;

/** A request cannot be answered as asked. The interfaces turn it into their own form. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Whose fault it is and what to do. */
    public enum Fault {
        /** The request is wrong and stays so. */
        INVALID,
        /** What it names does not exist. */
        NOT_FOUND,
        /** The state of the hub does not allow it now. */
        PRECONDITION,
        /** Too much is asked for at a time. */
        EXHAUSTED,
        /** Another attempt, soon or at another node, may succeed. */
        UNAVAILABLE
    }

    /**
     * A field that is wrong.
     *
     * @param field its path in the request, such as {@code filter.matchers[2]}
     * @param description what is wrong and what would be right
     */
    public record Violation(String field, String description) implements java.io.Serializable {}

    private final Fault fault;
    private final String reason;
    private final transient List<Violation> violations;

    /**
     * A failure.
     *
     * @param reason a stable name for programs, in capitals, such as {@code PAGE_TOKEN_EXPIRED}
     * @param message for people
     * @param violations the fields that are wrong; may be empty
     */
    public ServiceException(Fault fault, String reason, String message, List<Violation> violations) {
        super(message, null, false, false);
        this.fault = fault;
        this.reason = reason;
        this.violations = List.copyOf(violations);
    }

    /** One field is wrong. */
    public static ServiceException invalid(String field, String description) {
        return invalid("INVALID_FIELD", field, description);
    }

    /** One field is wrong for a reason that programs may want to know. */
    public static ServiceException invalid(String reason, String field, String description) {
        return new ServiceException(
                Fault.INVALID, reason, field + ": " + description, List.of(new Violation(field, description)));
    }

    /** There is no such thing. */
    public static ServiceException notFound(String what) {
        return new ServiceException(Fault.NOT_FOUND, "NOT_FOUND", what, List.of());
    }

    /** Whose fault it is. */
    public Fault fault() {
        return fault;
    }

    /** A stable name for programs. */
    public String reason() {
        return reason;
    }

    /** The message; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The fields that are wrong; may be empty. */
    public List<Violation> violations() {
        return violations;
    }
}
