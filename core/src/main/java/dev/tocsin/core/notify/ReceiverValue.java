package dev.tocsin.core.notify;

/** A value that an integration stores with the notification log entry, such as the id of a message to update. */
public sealed interface ReceiverValue {
    /** A text. */
    record Text(String value) implements ReceiverValue {}

    /** A whole number. */
    record Whole(long value) implements ReceiverValue {}

    /** A floating point number. */
    record Real(double value) implements ReceiverValue {}
}
