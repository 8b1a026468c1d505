package dev.tocsin.core.ingest;

import java.util.List;

/** What came of decoding a posted body. */
public sealed interface DecodeResult {
    /**
     * The body has the schema's shape.
     *
     * @param alerts in posted order; may be empty
     */
    record Decoded(List<PostedAlert> alerts) implements DecodeResult {
        /** Copies the list. */
        public Decoded {
            alerts = List.copyOf(alerts);
        }
    }

    /**
     * The body is refused as a whole; nothing of it is stored (contract section 4.1).
     *
     * @param httpStatus 400 or 422
     * @param code the error code in the answer's body: 400, 601 or 602
     * @param message the error text in the answer's body
     */
    record Refused(int httpStatus, int code, String message) implements DecodeResult {}
}
