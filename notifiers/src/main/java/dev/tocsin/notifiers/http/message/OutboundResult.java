package dev.tocsin.notifiers.http.message;

import java.util.List;

/** What came of a request. */
public sealed interface OutboundResult {
    /**
     * The receiver answered.
     *
     * @param status the HTTP status of the last answer, after redirects
     * @param fields the answer's headers in order
     * @param body the first {@link #MAX_BODY_BYTES} bytes as text
     * @param cut whether there was more, or the rest did not come in time
     */
    record Answer(int status, List<HttpField> fields, String body, boolean cut) implements OutboundResult {
        /** How much of an answer's body is read. The connection is not kept if there is more. */
        public static final int MAX_BODY_BYTES = 64 << 10;

        /** Whether the status is 2xx. */
        public boolean success() {
            return status / 100 == 2;
        }

        /** The value of the first header called {@code name}; empty if there is none. */
        public String field(String name) {
            for (HttpField field : fields) {
                if (field.name().equalsIgnoreCase(name)) {
                    return field.value();
                }
            }
            return "";
        }
    }

    /**
     * No answer came.
     *
     * @param message what went wrong, as Go words it where it has words for it; no secrets, no address of the request
     * @param expired whether the time limit of the attempt ended it
     * @param maybeAccepted whether bytes of the request went out, so that the receiver may have acted on it
     * @param unreachable whether no connection came about: another node might reach the receiver
     */
    record Failure(String message, boolean expired, boolean maybeAccepted, boolean unreachable)
            implements OutboundResult {}
}
