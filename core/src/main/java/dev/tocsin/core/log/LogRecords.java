package dev.tocsin.core.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.tocsin.core.log.proto.Record;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The log's records as bytes and back. One instance is used by one thread. */
final class LogRecords {
    private final LogReader reader = new LogReader();

    /** A change of one key's state, read from the log. */
    record Change(LogKey key, UnaryOperator<KeyState> apply) {}

    static byte[] entry(LogEntry entry) {
        return new LogWriter().entry(entry).record(Record.ENTRY_FIELD_NUMBER);
    }

    static byte[] intent(ClaimContent intent) {
        return new LogWriter().claim(intent).record(Record.INTENT_FIELD_NUMBER);
    }

    static byte[] maybe(ClaimContent maybe) {
        return new LogWriter().claim(maybe).record(Record.MAYBE_FIELD_NUMBER);
    }

    static byte[] withdrawal(ClaimContent intent) {
        return new LogWriter().withdrawal(intent).record(Record.WITHDRAWAL_FIELD_NUMBER);
    }

    /** Records that make {@code state} out of nothing. */
    static List<byte[]> state(LogKey key, KeyState state) {
        List<byte[]> records = new ArrayList<>();
        if (state.floor() != 0 || !state.folded().isEmpty()) {
            records.add(new LogWriter()
                    .remainder(key, state.floor(), state.floorUntil(), state.folded())
                    .record(Record.REMAINDER_FIELD_NUMBER));
        }
        state.heads().forEach(head -> records.add(entry(head)));
        state.maybes().forEach(maybe -> records.add(maybe(maybe)));
        if (state.refused() != null) {
            records.add(intent(state.refused()));
            records.add(withdrawal(state.refused()));
        }
        state.intents().forEach(intent -> records.add(intent(intent)));
        return records;
    }

    /** @throws IOException if these are not the bytes of a record, or those of a later version's */
    Change read(byte[] bytes) throws IOException {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            Change change = null;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (isKnown(tag)) {
                    change = read(WireFormat.getTagFieldNumber(tag), in.readByteArray());
                } else {
                    in.skipField(tag);
                }
            }
            if (change == null) {
                throw new IOException("a record of the notification log is of an unknown kind; was it written by a"
                        + " later version?");
            }
            return change;
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("a record of the notification log cannot be decoded: " + e.getMessage(), e);
        }
    }

    private static boolean isKnown(int tag) {
        int field = WireFormat.getTagFieldNumber(tag);
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                && field >= Record.ENTRY_FIELD_NUMBER
                && field <= Record.REMAINDER_FIELD_NUMBER;
    }

    private Change read(int kind, byte[] content) throws IOException {
        return switch (kind) {
            case Record.ENTRY_FIELD_NUMBER -> {
                LogEntry entry = reader.entry(content);
                yield new Change(entry.key(), state -> state.mergeEntry(entry));
            }
            case Record.INTENT_FIELD_NUMBER -> {
                ClaimContent intent = reader.claim(content);
                yield new Change(intent.key(), state -> state.intend(intent));
            }
            case Record.MAYBE_FIELD_NUMBER -> {
                ClaimContent maybe = reader.claim(content);
                yield new Change(maybe.key(), state -> state.addMaybe(maybe));
            }
            case Record.WITHDRAWAL_FIELD_NUMBER -> {
                LogReader.Withdrawn withdrawn = reader.withdrawal(content);
                yield new Change(withdrawn.key(), state -> state.withdraw(withdrawn.id()));
            }
            default -> {
                LogReader.Remains remains = reader.remainder(content);
                yield new Change(
                        remains.key(),
                        state -> state.raiseFloor(remains.floor(), remains.floorUntil(), remains.folded()));
            }
        };
    }
}
