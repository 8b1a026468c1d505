package dev.tocsin.core.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.tocsin.core.log.proto.Claim;
import dev.tocsin.core.log.proto.Dot;
import dev.tocsin.core.log.proto.Entry;
import dev.tocsin.core.log.proto.Key;
import dev.tocsin.core.log.proto.Remainder;
import dev.tocsin.core.log.proto.Value;
import dev.tocsin.core.log.proto.Withdrawal;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.ReceiverValue;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries and claims without building their messages. A node hears of a key in a claim, in its outcome, and again at
 * the next one: keys whose bytes came lately are not decoded again. Used by one thread. Methods throw an
 * {@link IOException} if the bytes are no such message, and may throw an {@link ArithmeticException} or a
 * {@link java.time.DateTimeException} for times that do not exist.
 */
final class LogReader {
    /** How many keys are kept, a power of two; a kilobyte each at most, or they are not kept. */
    private static final int KEYS = 1024;

    private static final int LONGEST_KEY = 1024;

    private static final int TYPE_BITS = 3;
    private static final int MAP_KEY = 1;
    private static final int MAP_VALUE = 2;
    private static final NotificationReason[] REASONS = NotificationReason.values();
    /** More names of receivers and integrations than this are not shared: then they are not those of a configuration. */
    private static final int MAX_NAMES = 10_000;

    private static final ClaimId NO_ID = new ClaimId(0, 0, 0);
    private static final LogKey NO_KEY = new LogKey("", "", "", 0);

    private final @Nullable Known[] known = new Known[KEYS];
    private final Map<String, String> names = new HashMap<>();

    /** A key and its bytes. */
    private static final class Known {
        private final byte[] bytes;
        private final LogKey key;

        Known(byte[] bytes, LogKey key) {
            this.bytes = bytes;
            this.key = key;
        }
    }

    LogEntry entry(byte[] bytes) throws IOException {
        LogKey key = NO_KEY;
        long sequence = 0;
        VersionVector version = VersionVector.EMPTY;
        AlertHashes firing = AlertHashes.EMPTY;
        AlertHashes resolved = AlertHashes.EMPTY;
        Map<String, ReceiverValue> receiverData = Map.of();
        Instant sentAt = Instant.EPOCH;
        Instant expiresAt = Instant.EPOCH;
        long node = 0;
        boolean marked = false;
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case Entry.KEY_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED -> key = key(in, bytes);
                case Entry.SEQUENCE_FIELD_NUMBER << TYPE_BITS -> sequence = in.readUInt64();
                case Entry.VERSION_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    version = dot(in, version);
                case Entry.FIRING_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    firing = packed(in, bytes.length, firing);
                case Entry.FIRING_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64 ->
                    firing = single(in, firing);
                case Entry.RESOLVED_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    resolved = packed(in, bytes.length, resolved);
                case Entry.RESOLVED_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64 ->
                    resolved = single(in, resolved);
                case Entry.RECEIVER_DATA_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    receiverData = receiverData(in, receiverData);
                case Entry.SENT_AT_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    sentAt = time(in);
                case Entry.EXPIRES_AT_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    expiresAt = time(in);
                case Entry.NODE_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64 -> node = in.readFixed64();
                case Entry.MARKED_FIELD_NUMBER << TYPE_BITS -> marked = in.readBool();
                default -> in.skipField(tag);
            }
        }
        return new LogEntry(key, sequence, version, firing, resolved, receiverData, sentAt, expiresAt, node, marked);
    }

    ClaimContent claim(byte[] bytes) throws IOException {
        ClaimId id = NO_ID;
        LogKey key = NO_KEY;
        long sequence = 0;
        VersionVector version = VersionVector.EMPTY;
        AlertHashes firing = AlertHashes.EMPTY;
        AlertHashes resolved = AlertHashes.EMPTY;
        NotificationReason reason = NotificationReason.UNKNOWN;
        boolean marked = false;
        Instant since = Instant.EPOCH;
        Instant expiresAt = Instant.EPOCH;
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case Claim.ID_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED -> id = id(in);
                case Claim.KEY_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED -> key = key(in, bytes);
                case Claim.SEQUENCE_FIELD_NUMBER << TYPE_BITS -> sequence = in.readUInt64();
                case Claim.VERSION_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    version = dot(in, version);
                case Claim.FIRING_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    firing = packed(in, bytes.length, firing);
                case Claim.FIRING_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64 ->
                    firing = single(in, firing);
                case Claim.RESOLVED_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    resolved = packed(in, bytes.length, resolved);
                case Claim.RESOLVED_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64 ->
                    resolved = single(in, resolved);
                case Claim.REASON_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    reason = reason(in.readStringRequireUtf8());
                case Claim.MARKED_FIELD_NUMBER << TYPE_BITS -> marked = in.readBool();
                case Claim.SINCE_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED -> since = time(in);
                case Claim.EXPIRES_AT_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    expiresAt = time(in);
                default -> in.skipField(tag);
            }
        }
        return new ClaimContent(id, key, sequence, version, firing, resolved, reason, marked, since, expiresAt);
    }

    /** What a record says that ends an intent. */
    record Withdrawn(LogKey key, ClaimId id) {}

    Withdrawn withdrawal(byte[] bytes) throws IOException {
        LogKey key = NO_KEY;
        ClaimId id = NO_ID;
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case Withdrawal.KEY_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    key = key(in, bytes);
                case Withdrawal.ID_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED -> id = id(in);
                default -> in.skipField(tag);
            }
        }
        return new Withdrawn(key, id);
    }

    /** What is left of a key besides entries and claims. */
    record Remains(LogKey key, long floor, Instant floorUntil, VersionVector folded) {}

    Remains remainder(byte[] bytes) throws IOException {
        LogKey key = NO_KEY;
        long floor = 0;
        Instant floorUntil = Instant.EPOCH;
        VersionVector folded = VersionVector.EMPTY;
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case Remainder.KEY_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    key = key(in, bytes);
                case Remainder.FLOOR_FIELD_NUMBER << TYPE_BITS -> floor = in.readUInt64();
                case Remainder.FLOOR_UNTIL_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    floorUntil = time(in);
                case Remainder.FOLDED_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    folded = dot(in, folded);
                default -> in.skipField(tag);
            }
        }
        return new Remains(key, floor, floorUntil, folded);
    }

    private static NotificationReason reason(String text) {
        for (NotificationReason reason : REASONS) {
            if (reason.text().equals(text)) {
                return reason;
            }
        }
        return NotificationReason.UNKNOWN;
    }

    private LogKey key(CodedInputStream in, byte[] bytes) throws IOException {
        int size = in.readRawVarint32();
        int start = in.getTotalBytesRead();
        if (size < 0 || size > bytes.length - start) {
            throw new InvalidProtocolBufferException("a key of " + size + " bytes");
        }
        int end = start + size;
        int place = place(bytes, start, end);
        Known there = known[place];
        if (there != null && Arrays.equals(there.bytes, 0, there.bytes.length, bytes, start, end)) {
            in.skipRawBytes(size);
            return there.key;
        }
        LogKey key = decodedKey(in, size);
        if (size <= LONGEST_KEY) {
            known[place] = new Known(Arrays.copyOfRange(bytes, start, end), key);
        }
        return key;
    }

    private static int place(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 15) & (KEYS - 1);
    }

    private LogKey decodedKey(CodedInputStream in, int size) throws IOException {
        String groupKey = "";
        String receiver = "";
        String integration = "";
        int index = 0;
        int outer = in.pushLimit(size);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case Key.GROUP_KEY_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    groupKey = in.readStringRequireUtf8();
                case Key.RECEIVER_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    receiver = once(in.readStringRequireUtf8());
                case Key.INTEGRATION_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    integration = once(in.readStringRequireUtf8());
                case Key.INDEX_FIELD_NUMBER << TYPE_BITS -> index = in.readUInt32();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        return new LogKey(groupKey, receiver, integration, index);
    }

    private String once(String name) {
        if (names.size() == MAX_NAMES) {
            names.clear();
        }
        String before = names.putIfAbsent(name, name);
        return before == null ? name : before;
    }

    private static ClaimId id(CodedInputStream in) throws IOException {
        long node = 0;
        int incarnation = 0;
        long counter = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case dev.tocsin.core.log.proto.ClaimId.NODE_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64 ->
                    node = in.readFixed64();
                case dev.tocsin.core.log.proto.ClaimId.INCARNATION_FIELD_NUMBER << TYPE_BITS ->
                    incarnation = in.readUInt32();
                case dev.tocsin.core.log.proto.ClaimId.COUNTER_FIELD_NUMBER << TYPE_BITS -> counter = in.readUInt64();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        return new ClaimId(node, incarnation, counter);
    }

    private static VersionVector dot(CodedInputStream in, VersionVector version) throws IOException {
        long node = 0;
        long counter = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case Dot.NODE_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64 -> node = in.readFixed64();
                case Dot.COUNTER_FIELD_NUMBER << TYPE_BITS -> counter = in.readUInt64();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        return version.with(node, counter);
    }

    private static AlertHashes packed(CodedInputStream in, int length, AlertHashes before) throws IOException {
        int size = in.readRawVarint32();
        if (size < 0 || size % Long.BYTES != 0 || size > length - in.getTotalBytesRead()) {
            throw new InvalidProtocolBufferException("hashes of " + size + " bytes");
        }
        long[] hashes = Arrays.copyOf(before.toArray(), before.size() + size / Long.BYTES);
        for (int i = before.size(); i < hashes.length; i++) {
            hashes[i] = in.readFixed64();
        }
        return AlertHashes.of(hashes);
    }

    /** As an encoder may write it that does not pack. */
    private static AlertHashes single(CodedInputStream in, AlertHashes before) throws IOException {
        long[] hashes = Arrays.copyOf(before.toArray(), before.size() + 1);
        hashes[before.size()] = in.readFixed64();
        return AlertHashes.of(hashes);
    }

    private static Map<String, ReceiverValue> receiverData(CodedInputStream in, Map<String, ReceiverValue> before)
            throws IOException {
        String name = "";
        Value value = Value.getDefaultInstance();
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case MAP_KEY << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED -> name = in.readStringRequireUtf8();
                case MAP_VALUE << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    value = Value.parseFrom(in.readByteArray());
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        Map<String, ReceiverValue> all = new HashMap<>(before);
        all.put(name, read(value));
        return all;
    }

    private static ReceiverValue read(Value value) {
        return switch (value.getValueCase()) {
            case WHOLE -> new ReceiverValue.Whole(value.getWhole());
            case REAL -> new ReceiverValue.Real(value.getReal());
            case TEXT, VALUE_NOT_SET -> new ReceiverValue.Text(value.getText());
        };
    }

    private static Instant time(CodedInputStream in) throws IOException {
        long seconds = 0;
        int nanos = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << TYPE_BITS -> seconds = in.readInt64();
                case 2 << TYPE_BITS -> nanos = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
