package dev.tocsin.core.ingest;

import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.time.Rfc3339;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one date field of many alerts and remembers the last one: a sender writes the same end into all alerts of a
 * batch. For one thread.
 */
final class DateReader {
    private String lastText = "";
    private @Nullable OffsetDateTime lastValue;
    private boolean known;
    private String error = "";

    /**
     * Reads {@code length} characters of {@code text} from {@code offset} on.
     *
     * @return whether it is a date; {@link #value} or {@link #error} tell more
     */
    boolean read(char[] text, int offset, int length) {
        if (known && matches(text, offset, length)) {
            return true;
        }
        lastText = new String(text, offset, length);
        try {
            OffsetDateTime value = Rfc3339.parse(lastText);
            lastValue = value.isEqual(Rfc3339.ZERO) ? null : value;
            known = true;
        } catch (InvalidTimeException e) {
            error = Objects.requireNonNullElse(e.getMessage(), "");
            lastValue = null;
            known = false;
        }
        return known;
    }

    /** The date just read; null for Go's zero time, which means that there is none. */
    @Nullable OffsetDateTime value() {
        return lastValue;
    }

    /** Why the text just read is no date. */
    String error() {
        return error;
    }

    private boolean matches(char[] text, int offset, int length) {
        if (lastText.length() != length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (lastText.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
