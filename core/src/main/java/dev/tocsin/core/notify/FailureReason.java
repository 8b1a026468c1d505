package dev.tocsin.core.notify;

/** The {@code reason} label of {@code alertmanager_notifications_failed_total} (contract section 5.4). */
public enum FailureReason {
    OTHER("other"),
    CLIENT_ERROR("clientError"),
    SERVER_ERROR("serverError"),
    CONTEXT_CANCELED("contextCanceled"),
    CONTEXT_DEADLINE_EXCEEDED("contextDeadlineExceeded"),
    AUTH_ERROR("authError"),
    RATE_LIMITED("rateLimited");

    private final String label;

    FailureReason(String label) {
        this.label = label;
    }

    /** The label's value. */
    public String label() {
        return label;
    }

    /** The reason for an HTTP status that is not a success (notifiers contract, section 0.5). */
    public static FailureReason ofStatus(int status) {
        if (status == 401 || status == 403) {
            return AUTH_ERROR;
        }
        if (status == 429) {
            return RATE_LIMITED;
        }
        return switch (status / 100) {
            case 4 -> CLIENT_ERROR;
            case 5 -> SERVER_ERROR;
            default -> OTHER;
        };
    }
}
